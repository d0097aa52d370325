import { both } from '../../base/text'
import type { TlsKind } from './kind'

export const disable: TlsKind = {
  id: 'DISABLE',
  title: both('No TLS on this hop', '这一跳不加 TLS'),
  says: both('Nothing is added: what the app sends stays as it is.', '不添加任何东西：应用发送什么就是什么。'),
  carries: both('with nothing added', '不加任何东西'),
  fields: [],
  fits: (leg, speaks) =>
    leg === 'outside' && speaks === 'HTTPS'
      ? both('The app speaks TLS itself: choose PASSTHROUGH.', '应用自己使用 TLS：请选择 PASSTHROUGH。')
      : true,
  client: () => null,
  server: (speaks) => {
    if (speaks === 'HTTPS') return { protocol: 'TLS', mode: 'PASSTHROUGH', routes: 'tls' }
    return speaks === 'HTTP' ? { protocol: 'HTTP', routes: 'http' } : { protocol: 'TCP', routes: 'tcp' }
  },
}
