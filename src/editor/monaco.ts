/** The code editor itself: with `assist.ts` the only file that knows Monaco, but for its Chinese messages (`monaco-zh.ts`). Comes by dynamic import alone. */
import './trusted'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/tokenization/register'
import 'monaco-editor/features/unicodeHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import { editor, KeyCode, KeyMod, languages, Range, Uri } from 'monaco-editor/editor'
import workerAddress from 'monaco-editor/editor/editor.worker?worker&url'
import { conf, language } from 'monaco-editor/languages/definitions/yaml/yaml'
import { scriptAddress } from '../store/state/script-address'
import { assist } from './assist'
import type { LineEdit } from './ranges'
import type { TextEdit } from './text-edits'
import { colour, isDark, token, watchTheme } from './theme'
import { tlsModes } from './tls'

// Monaco starts a worker for look-alike letters by itself, so this has to be before the first editor.
self.MonacoEnvironment = {
  ...self.MonacoEnvironment,
  getWorker: () => new Worker(scriptAddress(workerAddress), { type: 'module' }),
}

interface Lines {
  from: number
  to: number
}

/** What a screen reader hears first. */
export interface Sayings {
  label: string
}

export interface Wish extends Sayings {
  text: string
  /** Whether what was typed and edited here is the store’s text now. */
  isShown(): boolean
  /** A person has changed the text. */
  onType(text: string): void
  /** The focus has left, or Ctrl+S was pressed: `left` tells which. */
  onRest(left: boolean): void
  /** There is one history, and it is not the editor's. */
  onUndo(): void
  onRedo(): void
  /** `byUser`: the cursor was moved in here, not by an edit or by `mark`. */
  onCursor(line: number, byUser: boolean): void
}

export interface YamlEditor {
  /** Changes only these lines: cursor, folding and what is on the screen stay. */
  edit(edits: readonly LineEdit[]): void
  /** The same by offsets; with the focus in here the cursor goes where the text has changed. */
  replace(edits: readonly TextEdit[]): void
  /** Marks lines, and with `reveal` shows the first of them unless one is on the screen; the focus stays where it is. */
  mark(lines: readonly Lines[], reveal: boolean): void
  say(sayings: Sayings): void
  dispose(): void
}

const uri = Uri.parse('file:///egress.yaml')
const yaml = 'yaml'

function teachYaml(): void {
  if (languages.getLanguages().some(({ id }) => id === yaml)) return
  languages.register({ id: yaml, aliases: ['YAML'] })
  languages.setLanguageConfiguration(yaml, conf)
  // A mode has the colour of its hop, and a document's kind stands out.
  const modes = tlsModes.map(({ mode, style }) => [new RegExp(`(mode)(:)( )(${mode})$`), ['type', 'operators', 'white', `tls.${style}`]])
  const kind = [/^(kind)(:)( )(\w+)$/, ['type', 'operators', 'white', 'kind']]
  const { root } = language.tokenizer
  languages.setMonarchTokensProvider(yaml, {
    ...language,
    tokenizer: { ...language.tokenizer, root: [...modes, kind, ...(root ?? [])] },
  } as languages.IMonarchLanguage)
}

/** Monaco knows no custom properties: the theme is made of what the tokens are worth now. */
function paint(): void {
  const name = isDark() ? 'egress-dark' : 'egress-light'
  const ink = (of: string) => colour(of).slice(1)
  editor.defineTheme(name, {
    base: isDark() ? 'vs-dark' : 'vs',
    // Monaco's own rules know strings in YAML as blue.
    inherit: false,
    rules: [
      { token: '', foreground: ink('--code-text') },
      { token: 'type', foreground: ink('--code-key') },
      { token: 'string', foreground: ink('--code-text') },
      { token: 'keyword', foreground: ink('--code-number') },
      { token: 'number', foreground: ink('--code-number') },
      { token: 'comment', foreground: ink('--code-comment') },
      { token: 'operators', foreground: ink('--code-line') },
      { token: 'kind', foreground: ink('--code-text'), fontStyle: 'bold' },
      ...tlsModes.map(({ style }) => ({ token: `tls.${style}`, foreground: ink(`--tls-${style}`), fontStyle: 'bold' })),
    ],
    colors: {
      'editor.background': colour('--surface'),
      'editor.foreground': colour('--code-text'),
      'editor.lineHighlightBackground': colour('--sunken'),
      'editorLineNumber.foreground': colour('--code-line'),
      'editorLineNumber.activeForeground': colour('--text'),
      'editorOverviewRuler.border': colour('--line'),
      'scrollbarSlider.background': `${colour('--line-2')}99`,
      'scrollbarSlider.hoverBackground': colour('--line-2'),
      'scrollbarSlider.activeBackground': colour('--line-3'),
      'editorWidget.background': colour('--surface'),
      'editorWidget.border': colour('--line-2'),
      'editorSuggestWidget.foreground': colour('--text'),
      'editorSuggestWidget.selectedBackground': colour('--mark'),
      'editorSuggestWidget.selectedForeground': colour('--text'),
      'editorSuggestWidget.selectedIconForeground': colour('--text-2'),
      'editorSuggestWidget.highlightForeground': colour('--link'),
      'editorSuggestWidget.focusHighlightForeground': colour('--link'),
      'editorHoverWidget.foreground': colour('--text'),
      'textLink.foreground': colour('--link'),
      focusBorder: colour('--focus'),
    },
  })
  editor.setTheme(name)
}

const options: editor.IStandaloneEditorConstructionOptions = {
  // Tab leaves the text, as it does everywhere else; Ctrl+M changes that.
  tabFocusMode: true,
  useShadowDOM: false,
  automaticLayout: true,
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  fontSize: 12,
  lineHeight: 18,
  fontLigatures: false,
  padding: { top: 6, bottom: 6 },
  lineNumbersMinChars: 5,
  lineDecorationsWidth: 0,
  folding: true,
  foldingStrategy: 'indentation',
  glyphMargin: false,
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false, alwaysConsumeMouseWheel: false },
  overviewRulerLanes: 1,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  matchBrackets: 'never',
  guides: { indentation: false },
  links: false,
  // What is inserted stays as it is, however many lines it has; Enter alone keeps the indentation (`keepIndentation`).
  autoIndent: 'none',
  autoClosingBrackets: 'never',
  autoClosingQuotes: 'never',
  autoSurround: 'never',
  'semanticHighlighting.enabled': false,
  // Chinese punctuation in a comment is no attack; a Cyrillic letter in a host's name may be one.
  unicodeHighlight: { allowedLocales: { _os: true, 'zh-hans': true } },
}

/** Opens the editor in an empty element. The model goes with it, so that it may be opened and closed at will. */
export function openYaml(host: HTMLElement, wish: Wish): YamlEditor {
  teachYaml()
  paint()
  editor.getModel(uri)?.dispose()
  const model = editor.createModel(wish.text, yaml, uri)
  model.setEOL(editor.EndOfLineSequence.LF)
  model.updateOptions({ tabSize: 2, indentSize: 2, insertSpaces: true })
  const code = editor.create(host, { ...options, model, fontFamily: token('--mono'), ...saying(wish) })
  const marks = marker(code)
  const help = assist(code, model, wish.isShown)
  const stopTheme = watchTheme(() => {
    paint()
    marks.repaint()
  })
  // Our own edits move the cursor too.
  let ours = false
  const own = (change: () => void) => {
    ours = true
    change()
    ours = false
    help.mark()
  }
  const tell = () => wish.onCursor(code.getPosition()?.lineNumber ?? 1, !ours && code.hasWidgetFocus())
  code.onDidChangeCursorPosition(tell)
  code.onDidFocusEditorText(tell)
  code.onDidBlurEditorWidget(() => wish.onRest(true))
  model.onDidChangeContent(() => {
    if (!ours) wish.onType(model.getValue())
  })
  code.addCommand(
    KeyCode.Enter,
    () => keepIndentation(code),
    'editorTextFocus && !suggestWidgetVisible && !inSnippetMode && !findInputFocussed',
  )
  code.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => wish.onRest(false))
  code.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, wish.onUndo)
  code.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, wish.onRedo)
  code.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, wish.onRedo)
  return {
    edit: (edits) => own(() => edited(code, model, edits)),
    replace: (edits) => own(() => replaced(code, model, edits)),
    mark: (lines, reveal) => own(() => marks.set(lines, reveal)),
    say: (sayings) => code.updateOptions(saying(sayings)),
    dispose() {
      stopTheme()
      help.end()
      code.dispose()
      model.dispose()
    },
  }
}

const saying = ({ label }: Sayings): editor.IEditorOptions => ({ ariaLabel: label })

/** A new line begins where the one above does; below a key that is still open, or a dash, one step deeper. */
function keepIndentation(code: editor.ICodeEditor): void {
  const model = code.getModel()
  const edits = (code.getSelections() ?? []).map((selection) => {
    const line = model?.getLineContent(selection.startLineNumber).slice(0, selection.startColumn - 1) ?? ''
    const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
    const item = /^[ \t]*-[ \t]+(?=[^#\s])/.exec(line) && !/:[ \t]*$/.test(line) && /:[ \t]/.test(line)
    const deeper = /:[ \t]*(?:#.*)?$/s.test(line) && line.trim() !== '' && !line.trim().startsWith('#')
    return { range: selection, text: `\n${indent}${deeper || item ? '  ' : ''}`, forceMoveMarkers: true }
  })
  code.pushUndoStop()
  code.executeEdits('enter', edits)
  code.revealPosition(code.getPosition() ?? { lineNumber: 1, column: 1 })
}

function replaced(code: editor.ICodeEditor, model: editor.ITextModel, edits: readonly TextEdit[]): void {
  if (edits.length === 0) return
  const ranges = edits.map(({ from, to, text }) => ({
    range: Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to)),
    text,
  }))
  model.applyEdits(ranges)
  const [first] = edits
  if (!first || !code.hasTextFocus()) return
  const at = model.getPositionAt(first.from + first.text.length)
  code.setPosition(at)
  code.revealPositionInCenterIfOutsideViewport(at, editor.ScrollType.Immediate)
}

function edited(code: editor.ICodeEditor, model: editor.ITextModel, edits: readonly LineEdit[]): void {
  if (edits.length === 0) return
  const top = code.getVisibleRanges()[0]?.startLineNumber ?? 1
  const offset = code.getScrollTop() - code.getTopForLineNumber(top)
  model.applyEdits(edits.map(({ from, to, text }) => ({ range: new Range(from, 1, to, 1), text })))
  // What came or went above the screen must not push what is on it.
  const grown = edits.reduce(
    (sum, { from, to, text }) => (to <= top && from < top ? sum + text.split('\n').length - 1 - (to - from) : sum),
    0,
  )
  if (grown !== 0) code.setScrollTop(code.getTopForLineNumber(top + grown) + offset)
}

/** The yellow of what is selected, in text and ruler. */
function marker(code: editor.ICodeEditor) {
  const decorations = code.createDecorationsCollection()
  let lines: readonly Lines[] = []
  const draw = () => {
    const ruler = { color: colour('--mark-2'), position: editor.OverviewRulerLane.Full }
    const look = { isWholeLine: true, className: 'yaml-mark', marginClassName: 'yaml-mark yaml-bar', overviewRuler: ruler }
    decorations.set(lines.map(({ from, to }) => ({ range: new Range(from, 1, to, 1), options: look })))
  }
  return {
    repaint: draw,
    set(next: readonly Lines[], reveal: boolean) {
      if (next.length > 0 || lines.length > 0) {
        lines = next
        draw()
      }
      const [first] = next
      if (!reveal || !first) return
      const seen = code.getVisibleRanges()
      const shown = next.find(({ from, to }) => seen.some((range) => from <= range.endLineNumber && to >= range.startLineNumber))
      code.setPosition({ lineNumber: (shown ?? first).from, column: 1 })
      if (!shown) code.revealRangeInCenterIfOutsideViewport(new Range(first.from, 1, first.to, 1), editor.ScrollType.Immediate)
    },
  }
}
