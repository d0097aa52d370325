import { both } from '../../base/text'
import type { TlsKind } from './kind'

export const passthrough: TlsKind = {
  id: 'PASSTHROUGH',
  title: both('The app’s own TLS goes through', '透传应用自己的 TLS'),
  says: both('The app’s own TLS goes through untouched.', '应用自己的 TLS 原样透传。'),
  carries: both('with the app’s own TLS untouched', '保持应用自己的 TLS 不变'),
  fields: [],
  fits: (leg, speaks) => {
    if (leg !== 'outside')
      return both(
        'The app’s TLS goes through under DISABLE and ISTIO_MUTUAL alike; this word belongs to the way outside.',
        '在 DISABLE 和 ISTIO_MUTUAL 下应用的 TLS 都会透传；此模式只用于通往外部的一跳。',
      )
    return speaks === 'HTTPS' ? true : both(`App sends ${speaks}: no TLS to pass.`, `应用发送 ${speaks}，没有可透传的 TLS。`)
  },
  client: () => null,
  server: () => null,
}
