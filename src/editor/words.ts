/** Words of the YAML pane. */
import { both, same } from '../core/base/text'

export const words = {
  yaml: same('YAML'),
  dialect: both('Dialect', '写法'),
  comments: both('Comments in the YAML', 'YAML 中的注释'),
  copy: both('Copy', '复制'),
  copyYaml: both('Copy YAML', '复制 YAML'),
  copied: both('Copied', '已复制'),
  copiedSaid: both('The YAML is on the clipboard.', 'YAML 已在剪贴板中。'),
  copyByHand: both('Copy by hand', '手动复制'),
  copyRefused: both(
    'The browser keeps the clipboard closed. The YAML is selected here: copy it with Ctrl+C, or ⌘C on a Mac.',
    '浏览器不允许访问剪贴板。YAML 已在此选中：请用 Ctrl+C（Mac 上为 ⌘C）复制。',
  ),
  close: both('Close', '关闭'),
  download: both('Download', '下载'),
  downloadYaml: both('Download YAML', '下载 YAML'),
  problems: both(
    'The design has problems: what they touch is missing or wrong in this YAML.',
    '设计中有问题：相关部分在此 YAML 中缺失或有误。',
  ),
  noProblems: both('No problems', '没有问题'),
  error: both('{n} error', '{n} 个错误'),
  errors: both('{n} errors', '{n} 个错误'),
  warning: both('{n} warning', '{n} 个警告'),
  warnings: both('{n} warnings', '{n} 个警告'),
  object: both('{n} object', '{n} 个对象'),
  objects: both('{n} objects', '{n} 个对象'),
  needs: both('Before you apply: {n}', '应用之前：{n} 项'),
  line: both('Line {n}', '第 {n} 行'),
  nothing: both('Nothing to write yet: draw a road from a pod to a host.', '还没有可写的内容：请画出一条从 Pod 到外部服务的路。'),
  editor: both(
    'YAML. What you write is drawn. Tab leaves the text; Ctrl+M lets Tab indent.',
    'YAML。你所写的会被画出。按 Tab 离开文本；按 Ctrl+M 可让 Tab 缩进。',
  ),
  yours: both('Your text', '你的文本'),
  yoursTyping: both('Your text: the picture follows in a moment.', '你的文本：图稍后会更新。'),
  yoursDrawn: both(
    'Your text: the picture shows it, and an edit of the picture changes it in place.',
    '你的文本：图显示它，对图的修改会就地写入它。',
  ),
  yoursBroken: both(
    'Your text cannot be read as a whole: the picture shows the last one that could.',
    '你的文本无法完整读取：图显示上一份可读的文本。',
  ),
  reprint: both('Reprint', '重新生成'),
  reprintSays: both('Write the text anew from the picture. Undo brings yours back.', '根据图重新生成文本。撤销可恢复你的文本。'),
}
