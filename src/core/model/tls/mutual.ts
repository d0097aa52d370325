import { both } from '../../base/text'
import type { TlsKind } from './kind'
import { fitsOrigination, mutualFields, only, verified } from './origination'

export const mutual: TlsKind = {
  id: 'MUTUAL',
  title: both('Mutual TLS starts here', '由此发起双向 TLS'),
  says: both('TLS starts here; both sides show certificates.', '由此发起 TLS；双方都出示证书。'),
  carries: both('with mutual TLS added', '加上双向 TLS'),
  fields: mutualFields,
  fits: fitsOrigination,
  client: (fields, along) => ({ mode: 'MUTUAL', ...verified(only(mutualFields, fields), along) }),
  server: () => null,
}
