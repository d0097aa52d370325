import { both } from '../../base/text'
import type { TlsKind } from './kind'
import { fitsOrigination, only, simpleFields, verified } from './origination'

export const simple: TlsKind = {
  id: 'SIMPLE',
  title: both('TLS starts here', '由此发起 TLS'),
  says: both('TLS starts here; the server shows a certificate.', '由此发起 TLS；服务器出示证书。'),
  carries: both('with TLS added', '加上 TLS'),
  fields: simpleFields,
  fits: fitsOrigination,
  client: (fields, along) => ({ mode: 'SIMPLE', ...verified(only(simpleFields, fields), along) }),
  server: () => null,
}
