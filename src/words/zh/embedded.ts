import type { Embedded } from '../kind'

export const embedded: Embedded = {
  views: { canvas: '图', yaml: 'YAML', trace: '推演' },
  open: '在 Egress Designer 中打开',
  whole: '原始大小',
  fit: '适应宽度',
  nothing: '此链接不含请求，也没有从 Pod 到主机的路径可供推演。',
  loading: '正在加载…',
  unknown: '超出推演的能力范围，无法预测。',
  steps: '请求的步骤',
  logs: '访问日志',
  kinds: { pod: 'Pod', sidecar: 'Sidecar', gateway: '网关', host: '主机' },
  empty: '此地址不含设计。请在 Egress Designer 的“分享”中重新复制。',
  damaged: '链接已损坏或不完整。请从来源处重新复制。',
  newer: '链接来自更新版本的 Egress Designer。请更新此处嵌入的版本。',
  long: '此链接中的设计过大，无法显示。',
}
