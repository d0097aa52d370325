/** Words of the Runbook panel; what the runbook itself says comes from the core. */
import { both } from '../../core/base/text'

export const words = {
  runbook: both('Runbook', '操作手册'),
  chapters: both('Chapters', '章节'),
  making: both('The runbook is being written …', '正在编写操作手册…'),
  failed: both('The runbook could not be written.', '无法编写操作手册。'),
  varies: both('differs from time to time', '每次都可能不同'),
  prints: both('Expected output', '预期输出'),
  copy: both('Copy', '复制'),
  copied: both('Copied', '已复制'),
  byHand: both('Selected: copy by hand', '已选中：请手动复制'),
  noClipboard: both('No clipboard: download it instead', '无法访问剪贴板：请改用下载'),
  copyAll: both('Copy Markdown', '复制 Markdown'),
  markdown: both('Download Markdown', '下载 Markdown'),
  script: both('Download script', '下载脚本'),
  scriptSays: both(
    'A shell script: bash FILE apply, verify or cleanup. It looks before it acts, and may run again.',
    'Shell 脚本：bash FILE apply、verify 或 cleanup。先检查再操作，可重复执行。',
  ),
  more: both('Show {n} more', '再显示 {n} 项'),
  allLines: both('Show all {n} lines', '显示全部 {n} 行'),
  errors: both('{n} problems are errors: mend them before you follow this.', '有 {n} 个问题属于错误：请先修正，再照此操作。'),
  oneError: both('1 problem is an error: mend it before you follow this.', '有 1 个问题属于错误：请先修正，再照此操作。'),
  showProblems: both('Show problems', '查看问题'),
  own: both(
    'This is the runbook of your own text: what is applied is what stands in the editor.',
    '这是您自己文本的操作手册：应用的正是编辑器中的内容。',
  ),
  sent: both('The request that you sent in the Trace.', '您在“逐跳推演”中发送的请求。'),
  empty: both(
    'Draw a road from a pod to a host: here stands then what to do in a cluster.',
    '请画出一条从 Pod 到外部服务的路：这里会列出在集群中要做的事。',
  ),
}
