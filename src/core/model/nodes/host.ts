import { both } from '../../base/text'
import { type Complaint, checkHost, checkIP, checkName } from '../field'
import type { NodeKind } from './kind'

export const resolutions = ['DNS', 'DNS_ROUND_ROBIN', 'STATIC', 'NONE', 'DYNAMIC_DNS'] as const

/** An endpoint is a name or an address; which of them the resolution wants, `check.ts` knows. */
function checkEndpoint(value: string): Complaint | null {
  return checkIP(value) && checkHost(value)
}

export const host: NodeKind = {
  id: 'host',
  title: both('Host', '主机'),
  says: both('A host outside of the mesh.', '网格之外的主机。'),
  size: { width: 180, height: 49 },
  row: 28,
  head: 49,
  outAt: 24,
  column: 760,
  newName: (nth) => (nth === 1 ? 'edition.cnn.com' : `host-${nth}.example.com`),
  namespaced: false,
  fields: [
    {
      id: 'name',
      title: both('Host name', '主机名'),
      type: 'text',
      help: both('As the app asks for it.', '应用请求时所用的名称。'),
      placeholder: 'edition.cnn.com',
      check: checkHost,
    },
    {
      id: 'namespace',
      title: both('Objects in', '对象所在'),
      type: 'text',
      help: both(
        'The namespace where its ServiceEntry, VirtualService and rules are written. Empty: its first client’s.',
        '其 ServiceEntry、VirtualService 等对象所在的命名空间。留空：第一个客户端的命名空间。',
      ),
      check: checkName,
    },
    {
      id: 'resolution',
      title: both('Resolution', '解析方式'),
      type: 'choice',
      choices: resolutions,
      help: both('How the proxy finds its address. Empty: DNS, for a wildcard NONE.', '代理如何找到它的地址。留空：DNS；通配符为 NONE。'),
    },
    {
      id: 'addresses',
      title: both('Addresses', '地址'),
      type: 'list',
      help: both(
        'Its IP addresses. TCP has no name on the wire: without them its port takes the traffic of every host.',
        '它的 IP 地址。TCP 不携带名称：缺少地址时，该端口会接走所有主机的流量。',
      ),
      placeholder: '203.0.113.10',
      check: checkIP,
    },
    {
      id: 'endpoints',
      title: both('Endpoints', 'endpoint'),
      type: 'list',
      help: both('Where it is really served, if not under its own name.', '如果不在自身名称下提供服务，实际的位置。'),
      check: checkEndpoint,
    },
    {
      id: 'testServer',
      title: both('Test server', '测试服务器'),
      type: 'flag',
      help: both(
        'Export the tutorials’ nginx, which asks for a client certificate and answers for this host.',
        '同时导出教程中的 nginx：它要求客户端证书，并代表此主机应答。',
      ),
    },
  ],
  reaches: {},
}
