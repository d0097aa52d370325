/** Monaco's helpers for a text: marks of findings, quick fixes, completion, hover, and the flash of lines that were jumped to. */
import { memoLast, once } from '../core/base/memo'
import 'monaco-editor/features/codeAction/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/suggest/register'
// The feature leaves its widget out: without this Ctrl+Space does nothing, and nothing warns.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import { editor, languages, MarkerSeverity, Range } from 'monaco-editor/editor'
import type { Lang } from '../core/base/text'
import type { Fix } from '../core/yaml/document'
import type { Finding, Level } from '../core/yaml/finding'
import { type Jump, onJump, type Shows } from '../store/actions/jump'
import { meshOf, problemsOf, spanOf, surroundingsNow } from '../store/derived/understand'
import { store } from '../store/state/store'
import { applyFix, showFixes } from '../store/text/drafting'
import { fill } from '../store/words/words'
import { besideOf } from './beside'
import { cursorAt } from './cursor'
import { describeAt } from './describe'
import { knownOf } from './known'
import { findingsAt, markersOf } from './markers'
import { type Proposal, propose } from './propose'
import { loadSchemas } from './schemas'

const owner = 'egress'
const yaml = 'yaml'

interface Help {
  /** Marks what is found in the text, as soon as the editor shows it. */
  mark(): void
  end(): void
}

/** From now on this editor is helped. `isShown`: whether it shows the very text that is judged; marks of another would be in wrong places. */
export function assist(code: editor.IStandaloneCodeEditor, model: editor.ITextModel, isShown: () => boolean): Help {
  teach()
  const show = memoLast((findings: readonly Finding[], lang: Lang) => showMarks(model, findings, lang))
  const mark = () => {
    const state = store.getState()
    if (!model.isDisposed() && isShown()) show(problemsOf(state), state.lang)
  }
  mark()
  const stopStore = store.subscribe(mark)
  onJump((to) => ('span' in to ? jumped(code, model, to) : shown(code, model, to)))
  return {
    mark,
    end() {
      stopStore()
      onJump(null)
    },
  }
}

/** Providers are the language's, not an editor's: they are registered once. */
const teach = once((): void => {
  void [
    languages.registerCompletionItemProvider(yaml, { triggerCharacters: [' '], provideCompletionItems }),
    languages.registerHoverProvider(yaml, { provideHover }),
    languages.registerCodeActionProvider(yaml, { provideCodeActions }, { providedCodeActionKinds: ['quickfix'] }),
    editor.registerCommand(fixCommand, (_, fix: Fix) => applyFix(fix)),
    editor.registerCommand(showCommand, (_, fix: Fix) => showFixes([fix])),
  ]
})

const severities: Record<Level, MarkerSeverity> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
}

function showMarks(model: editor.ITextModel, findings: readonly Finding[], lang: Lang): void {
  const state = store.getState()
  const marks = markersOf(findings, (at) => spanOf(state, at), model.getValueLength(), lang)
  editor.setModelMarkers(
    model,
    owner,
    marks.map(({ level, code, says, from, to }) => ({
      ...rangeOf(model, from, to),
      severity: severities[level],
      code,
      message: says,
      source: owner,
    })),
  )
}

function rangeOf(model: editor.ITextModel, from: number, to: number): Range {
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)]
  return new Range(start.lineNumber, start.column, end.lineNumber, end.column)
}

const fixCommand = 'egress.fix'
const showCommand = 'egress.fix.show'

/** Light bulb and Ctrl+.: the fixes of what is found at the cursor; behind them, what each would change. */
function provideCodeActions(model: editor.ITextModel, range: Range, context: languages.CodeActionContext): languages.CodeActionList {
  const state = store.getState()
  const [from, to] = [model.getOffsetAt(range.getStartPosition()), model.getOffsetAt(range.getEndPosition())]
  const found = findingsAt(problemsOf(state), (at) => spanOf(state, at), from, to).flatMap(({ fix, rule }) => (fix ? [{ fix, rule }] : []))
  const action = (title: string, id: string, { fix, rule }: { fix: Fix; rule: string }) => ({
    title,
    kind: 'quickfix',
    diagnostics: context.markers.filter(({ code }) => code === rule),
    command: { id, title, arguments: [fix] },
  })
  const mends = found.map((one, index) => ({ ...action(one.fix.says[state.lang], fixCommand, one), isPreferred: index === 0 }))
  const shows = found.map((one) => action(fill(state.words.strip.showChange, { fix: one.fix.says[state.lang] }), showCommand, one))
  return { actions: [...mends, ...shows], dispose: () => {} }
}

const kinds: Record<Proposal['is'], languages.CompletionItemKind> = {
  required: languages.CompletionItemKind.Field,
  key: languages.CompletionItemKind.Property,
  enum: languages.CompletionItemKind.EnumMember,
  known: languages.CompletionItemKind.Reference,
  document: languages.CompletionItemKind.Snippet,
}

async function provideCompletionItems(
  model: editor.ITextModel,
  position: { lineNumber: number; column: number },
  context: languages.CompletionContext,
): Promise<languages.CompletionList> {
  const schemas = await loadSchemas()
  if (model.isDisposed()) return { suggestions: [] }
  const text = model.getValue()
  const cursor = cursorAt(text, model.getOffsetAt(position))
  // A space that only indents asks for nothing.
  const byTyping = context.triggerKind === languages.CompletionTriggerKind.TriggerCharacter
  if (!cursor || (byTyping && cursor.at === 'key' && cursor.column === cursor.indent)) return { suggestions: [] }
  const state = store.getState()
  const known = knownOf(meshOf(state), [...new Set(surroundingsNow(state).pods.map(({ namespace }) => namespace))])
  const proposals = propose(cursor, schemas.whole, known, besideOf(text, cursor))
  const replace = rangeOf(model, cursor.from, Math.max(cursor.to, model.getOffsetAt(position)))
  const insert = new Range(replace.startLineNumber, replace.startColumn, position.lineNumber, position.column)
  return {
    suggestions: proposals.map((one, index) => ({
      label: { label: one.label, description: one.detail[state.lang] },
      kind: kinds[one.is],
      insertText: one.insert,
      insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
      documentation: one.docs[state.lang] ? { value: one.docs[state.lang] } : undefined,
      filterText: one.label,
      sortText: String(index).padStart(4, '0'),
      range: { insert, replace },
      ...(one.is === 'key' || one.is === 'required' ? { command: again } : {}),
    })),
  } as languages.CompletionList
}

/** Behind a key that was taken are the values that fit. */
const again = { id: 'editor.action.triggerSuggest', title: '' }

async function provideHover(model: editor.ITextModel, position: { lineNumber: number; column: number }): Promise<languages.Hover | null> {
  const schemas = await loadSchemas()
  if (model.isDisposed()) return null
  const state = store.getState()
  const found = describeAt(model.getValue(), model.getOffsetAt(position), schemas.whole, meshOf(state), state.words.describing)
  return found && { contents: found.blocks.map((value) => ({ value })), range: rangeOf(model, found.from, found.to) }
}

const lit = 900
let fading: { timer: ReturnType<typeof setTimeout>; marks: editor.IEditorDecorationsCollection } | null = null

/** Shows the lines of a jump, and lets the marker on them fade. */
function jumped(code: editor.IStandaloneCodeEditor, model: editor.ITextModel, { span, focus }: Jump): void {
  if (model.isDisposed()) return
  const range = rangeOf(model, span.from, Math.max(span.from, Math.min(span.to, model.getValueLength())))
  // A long part is known by its first line.
  code.revealRangeInCenterIfOutsideViewport(
    new Range(range.startLineNumber, 1, Math.min(range.endLineNumber, range.startLineNumber + 8), 1),
    editor.ScrollType.Immediate,
  )
  flash(code, [range])
  if (!focus) return
  code.setPosition({ lineNumber: range.startLineNumber, column: range.startColumn })
  code.focus()
}

function shown(code: editor.IStandaloneCodeEditor, model: editor.ITextModel, { lines, goes }: Shows): void {
  const [first] = lines
  if (model.isDisposed() || !first) return
  const seen = code.getVisibleRanges()
  const isSeen = lines.some(({ from, to }) => seen.some((range) => from <= range.endLineNumber && to >= range.startLineNumber))
  // Whoever has the cursor in here looks where they want to.
  if (goes && !isSeen && !code.hasTextFocus()) code.revealLineInCenter(first.from, editor.ScrollType.Immediate)
  flash(
    code,
    lines.map(({ from, to }) => new Range(from, 1, to, 1)),
  )
}

function flash(code: editor.IStandaloneCodeEditor, ranges: readonly Range[]): void {
  if (fading) {
    clearTimeout(fading.timer)
    fading.marks.clear()
  }
  const marks = code.createDecorationsCollection(
    ranges.map((range) => ({ range, options: { isWholeLine: true, className: 'yaml-flash' } })),
  )
  fading = { marks, timer: setTimeout(() => marks.clear(), lit) }
}
