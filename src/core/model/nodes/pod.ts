import { both, same } from '../../base/text'
import { checkLabel, checkName } from '../field'
import type { NodeKind } from './kind'

export const pod: NodeKind = {
  id: 'pod',
  title: same('Pod'),
  says: both('An app that calls a host outside.', '调用外部主机的应用。'),
  size: { width: 192, height: 74 },
  row: 0,
  head: 48,
  outAt: 74,
  column: 40,
  newName: (nth) => (nth === 1 ? 'sleep' : `sleep-${nth}`),
  namespaced: true,
  fields: [
    {
      id: 'name',
      title: both('Name', '名称'),
      type: 'text',
      help: both('The app’s name, as in its label app.', '应用的名称，与标签 app 相同。'),
      placeholder: 'sleep',
      check: checkName,
    },
    {
      id: 'namespace',
      title: both('Namespace', '命名空间'),
      type: 'text',
      help: both('Where it runs.', '它运行的命名空间。'),
      placeholder: 'default',
      check: checkName,
    },
    {
      id: 'labels',
      title: both('Labels', '标签'),
      type: 'labels',
      help: both(
        'Tell its pods apart where only some of a namespace go a way. Empty: app=<name>.',
        '在同一命名空间只有部分 Pod 走某条路时用于区分。留空：app=<名称>。',
      ),
      check: checkLabel,
    },
    {
      id: 'serviceAccount',
      title: both('Service account', '服务账号'),
      type: 'text',
      help: both('Its identity in mutual TLS. Empty: its name.', '双向 TLS 中的身份。留空：与名称相同。'),
      check: checkName,
    },
  ],
  reaches: { sidecar: 'app' },
}
