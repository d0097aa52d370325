/** Monaco's own messages in Chinese. They count only if they are there before Monaco is (`Code.tsx`). */
import 'monaco-editor/nls/lang/zh-cn.js'
