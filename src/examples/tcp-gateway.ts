/** Example: TCP through the gateway. */
import { both } from '../core/base/text'
import { drawn, egress, wire, withFields } from './draw'
import type { Example } from './kind'

export const tcpGateway: Example = {
  id: 'tcp-gateway',
  title: both('TCP through the gateway', 'TCP 经过出口网关'),
  story: both(
    'A database speaks no HTTP: bytes come in and go out. On the wire they carry no name, so the ServiceEntry lists the addresses of the host, and mutual TLS gives the gateway a name to choose by.',
    '数据库不使用 HTTP：只有字节进出。它们在链路上不携带名称，因此 ServiceEntry 列出主机的地址，双向 TLS 则让网关有名称可选。',
  ),
  design: withFields(
    drawn('tcp-gateway', {
      pod: { name: 'sleep' },
      call: { speaks: 'TCP', port: 27017 },
      gateway: egress('ISTIO_MUTUAL'),
      host: 'mongo.example.com',
      wire: wire('DISABLE'),
    }),
    'mongo.example.com',
    { addresses: ['203.0.113.10'] },
  ),
  requests: [
    {
      from: 'default/sleep',
      url: 'tcp://mongo.example.com:27017',
      ends: 'arrives',
      says: both('Arrives byte by byte on port 27017.', '原样到达端口 27017。'),
    },
  ],
}
