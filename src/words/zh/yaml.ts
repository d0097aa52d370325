/** YAML 面板用语。 */
import type { Words } from '../kind'

export const yamlPane: Words['yamlPane'] = {
  yaml: 'YAML',
  dialect: '写法',
  comments: 'YAML 中的注释',
  compare: '比较…',
  copy: '复制',
  copyYaml: '复制 YAML',
  copied: '已复制',
  copiedSaid: 'YAML 已在剪贴板中。',
  copyByHand: '手动复制',
  copyRefused: '浏览器不允许访问剪贴板。YAML 已在此选中：请用 Ctrl+C（Mac 上为 ⌘C）复制。',
  close: '关闭',
  download: '下载',
  downloadYaml: '下载 YAML',
  problems: '设计中有问题：相关部分在此 YAML 中缺失或有误。',
  noProblems: '没有问题',
  lines: { other: '{n} 行' },
  objects: { other: '{n} 个对象' },
  needs: '应用之前：{n} 项',
  line: '第 {n} 行',
  nothing: '还没有可写的内容：请画出一条从 Pod 到主机的路。',
  editor: 'YAML。你所写的会被画出。按 Tab 离开文本；按 Ctrl+M 可让 Tab 缩进。',
  yours: '你的文本',
  yoursTyping: '你的文本：图稍后会更新。',
  yoursDrawn: '你的文本：图显示它，对图的修改会就地写入它。',
  yoursBroken: '你的文本无法完整读取：图显示上一份可读的文本。',
  reprint: '重新生成',
  reprintSays: '根据图重新生成文本。撤销可恢复你的文本。',
}

export const describing: Words['describing'] = {
  required: '必填',
  oneOf: '可选值',
  unknownField: '此类资源没有这个字段。',
  knownAs: '网格已知',
  notKnown: '此文本中没有 ServiceEntry 或 Service 声明它。',
  dialled: '连接方式',
}
