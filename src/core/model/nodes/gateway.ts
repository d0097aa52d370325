import { both } from '../../base/text'
import { defaultGatewayName } from '../design'
import { checkLabel, checkName, checkServicePort } from '../field'
import type { NodeKind } from './kind'

export const gateway: NodeKind = {
  id: 'gateway',
  title: both('Gateway', '网关'),
  says: both('An egress gateway: the one door out of the mesh.', '出口网关：离开网格的唯一出口。'),
  size: { width: 204, height: 49 },
  row: 28,
  head: 49,
  outAt: 24,
  column: 400,
  newName: (nth) => (nth === 1 ? defaultGatewayName : `${defaultGatewayName}-${nth}`),
  namespaced: true,
  fields: [
    {
      id: 'name',
      title: both('Name', '名称'),
      type: 'text',
      help: both('The name of its Service.', '它的 Service 名称。'),
      placeholder: 'istio-egressgateway',
      check: checkName,
    },
    {
      id: 'namespace',
      title: both('Namespace', '命名空间'),
      type: 'text',
      help: both('Where it runs.', '它运行的命名空间。'),
      placeholder: 'istio-system',
      check: checkName,
    },
    {
      id: 'labels',
      title: both('Labels', '标签'),
      type: 'labels',
      help: both(
        'Labels of its pods; the Gateway object selects it by them. Empty: those of Istio’s own installation.',
        '其 Pod 的标签，Gateway 对象据此选中它。留空：Istio 默认安装的标签。',
      ),
      check: checkLabel,
    },
    {
      id: 'ports',
      title: both('Service ports', 'Service 端口'),
      type: 'ports',
      help: both('Ports of its Service and of its pods. Empty: 80:8080, 443:8443.', '其 Service 与 Pod 的端口。留空：80:8080, 443:8443。'),
      check: checkServicePort,
    },
  ],
  reaches: { host: 'outside' },
}
