/** 对话框用语。 */
import type { Words } from '../kind'

export const asking: Words['asking'] = {
  title: '你的文本与图',
  close: '关闭',
  drops: '“重新生成”会根据图重写文本，以下内容会丢失：',
  back: '撤销可恢复你的文本。',
  and: '以及另外 {n} 项',
  anyway: '修改我的文本',
  reprint: '重新生成',
  error: '转到错误处',
  cancel: '取消',
}

export const previewing: Words['previewing'] = {
  title: '修复会改动什么',
  accept: '接受',
  reject: '拒绝',
  undo: '撤销可恢复。',
  choose: '选择其中哪些',
  changes: '文本中的改动',
  nothing: '文本没有改动。',
  objects: { other: '{n} 个对象有改动' },
  more: { other: '以及另外 {n} 项' },
  keep: '保留仅此处有的内容',
  take: '采用 {name}',
  leftOut: '保持原样',
  new: '新增',
  changed: '已改',
  gone: '移除',
  added: '新增：',
  removed: '删除：',
  at: '第 {n} 处改动，共 {of} 处',
  next: '下一处改动',
  previous: '上一处改动',
  picture: '图中的改动',
  same: '图没有改动。',
  canvas: '标出改动的图；下方列表给出各项名称',
  was: '原为 {mode}',
}

export const versus: Words['versus'] = {
  title: '比较…',
  with: '将文本与以下内容比较',
  text: '另一份文本',
  dialect: '当前的图，写法：{name}',
  before: '此步之前的文本：{step}',
  paste: '用于比较的 YAML',
  files: '或其文件',
}

export const importing: Words['importing'] = {
  title: '导入',
  close: '关闭',
  how: '任意 Istio、Gateway API 与 Kubernetes 的 YAML，可含多个文档或文件。内容不会离开此浏览器。',
  text: '要导入的 YAML',
  files: '选择文件',
  drop: '或拖放到页面任意位置',
  read: '读取',
  reading: '正在读取：{done} / {of} 个文档',
  found: '读取结果',
  verdict: '{errors}，{warnings}',
  notDrawn: '未画出，原样保留',
  changes: '改动',
  views: '显示内容',
  accept: '接受',
  back: '返回',
  note: '它将替换当前设计；撤销可恢复。',
  empty: '请粘贴 YAML，或选择文件。',
  failed: '无法读取：',
  and: '以及另外 {n} 项',
}

export const needing: Words['needing'] = {
  title: '应用之前',
  story: '这些命令用于创建 YAML 所引用、但不应写入 YAML 的内容：Secret、证书、挂载。密钥始终留在你的机器上。',
  nothing: '除 YAML 之外，此设计不需要其他内容。',
  copy: '复制',
  done: '已复制',
  refused: '请手动选择并复制',
}

export const recovered: Words['recovered'] = {
  damaged: '已保存的设计无法读取。原内容已保留。',
  full: '浏览器存储空间已满：此设计未保存。',
  off: '浏览器不允许存储：此设计未保存。',
  downloadOld: '下载原内容',
  downloadDesign: '下载设计',
  close: '关闭',
}

export const designs: Words['designs'] = {
  title: '设计',
  blank: '新建设计',
  search: '搜索设计',
  note: '只保存在此浏览器中。',
  none: '还没有保存的设计：第一次更改后即会保存。',
  noneFound: '没有匹配的设计。',
  missing: '浏览器不允许读取其存储。',
  unreadable: '无法读取的设计',
  open: '打开“{title}”',
  isOpen: '当前打开',
  name: '设计名称',
  rename: '重命名“{title}”',
  duplicate: '复制“{title}”',
  copyOf: '{title}（副本）',
  download: '下载“{title}”',
  remove: '删除“{title}”',
  deleted: '已删除“{title}”。',
  elsewhere: '此设计已在另一个标签页中打开。在这里的更改会成为副本。',
  takeOver: '接管',
  keepCopy: '保留副本',
  linked: '此设计来自链接。保留或更改之前不会保存；你自己的设计不受影响。',
  keep: '保留',
}

export const sharing: Words['sharing'] = {
  title: '分享',
  link: '链接',
  how: '整个设计都在链接中，不会存放到别处；其中从不包含密钥与证书。',
  length: { other: '{n} 个字符' },
  long: '许多聊天与邮件会截断这么长的链接。使用文件更稳妥。',
  view: '附带视图与所选内容',
  request: '附带正在推演的请求',
  copy: '复制链接',
  done: '已复制',
  refused: '请手动选择并复制',
  file: '下载文件',
  qr: '链接的二维码',
  noQr: '链接过长，无法生成二维码。',
  failed: '浏览器无法生成链接：请下载文件。',
}

export const about: Words['about'] = {
  title: '关于',
  offline: '此浏览器存有整个应用的副本：没有网络也能使用。',
  online: '此浏览器没有应用的副本：需要网络才能使用。',
  own: 'Egress 设计器是自由软件，采用 Apache 2.0 许可证。',
  licences: '所用软件包的许可证',
  noLicences: '无法加载列表。',
  newer: '新版本已就绪',
  reload: '重新加载',
  later: '暂不',
}
