/** The text: a plain one at once, Monaco over it as soon as the canvas has painted. Keystrokes, edits, marks and the cursor go between store and editor here. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Lang } from '../core/base/text'
import { textOf } from '../core/compile/print'
import type { Doc } from '../core/compile/resource'
import { redo, undo } from '../store/actions/actions'
import { point } from '../store/actions/view'
import { loadUnderstanding, understanding } from '../store/derived/late'
import { docsOf, linesOf } from '../store/derived/written'
import { draftOf, store } from '../store/state/store'
import { useDesigner } from '../store/state/use'
import { useWords } from '../store/words/words'
import type { Sayings, Wish, YamlEditor } from './monaco'
import { editsBetween } from './ranges'
import { textEdits } from './text-edits'
import { keepWhole, type Whole } from './whole'

/** What the editor shows: printed documents, or a person's own text. */
type Shown = readonly Doc[] | string

export function Code({ onLine }: { onLine(line: number): void }) {
  const docs = useDesigner(docsOf)
  const own = useDesigner((s) => draftOf(s)?.text ?? null)
  const plain = useRef<HTMLPreElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const { editor, shown, failed } = useEditor(host, onLine)
  const wanted: Shown = own ?? docs
  useWhole(plain, wanted)
  useLayoutEffect(() => {
    if (!editor) return
    const [was, now] = [shown.current, latest(wanted)]
    shown.current = now
    if (typeof was !== 'string' && typeof now !== 'string') editor.edit(editsBetween(was, now))
    else editor.replace(textEdits(textOfShown(was), textOfShown(now)))
  }, [editor, shown, wanted])
  useMarks(editor, wanted)
  return (
    <div className="yaml-code">
      <pre ref={plain} hidden={editor !== null} className={failed ? 'whole' : undefined} tabIndex={0} />
      {/* The canvas leaves the keys of what has this class alone: Space would move it. */}
      <div ref={host} className="yaml-host nokey" />
    </div>
  )
}

const textOfShown = (shown: Shown): string => (typeof shown === 'string' ? shown : textOf(shown))
const shownNow = (): Shown => draftOf(store.getState())?.text ?? docsOf(store.getState())

/** What was rendered; but where a key has been pressed since, what is there now. */
const latest = (rendered: Shown): Shown => {
  const now = shownNow()
  return now === rendered ? rendered : now
}

/** Opens Monaco when there is time for it; `shown` is what it shows. */
function useEditor(host: RefObject<HTMLDivElement | null>, onLine: (line: number) => void) {
  const [editor, setEditor] = useState<YamlEditor | null>(null)
  const [failed, setFailed] = useState(false)
  const shown = useRef<Shown>([])
  const { yamlPane: words } = useWords()
  const label = words.editor
  const sayings = useRef<Sayings>({ label })
  useEffect(() => {
    sayings.current = { label }
    editor?.say(sayings.current)
  }, [editor, label])
  useEffect(() => {
    let gone = false
    let opened: YamlEditor | null = null
    let endDrafting = () => {}
    const open = async () => {
      const [{ openYaml }, drafting] = await Promise.all([
        loadMonaco(store.getState().lang),
        import('../store/text/drafting'),
        loadUnderstanding(),
      ])
      if (gone || !host.current) return
      endDrafting = drafting.startDrafting()
      shown.current = shownNow()
      opened = openYaml(host.current, {
        ...sayings.current,
        text: textOfShown(shown.current),
        isShown: () => shown.current === shownNow(),
        ...cursor(onLine),
        ...hands(drafting, (text) => {
          shown.current = text
        }),
      })
      setEditor(opened)
    }
    const stop = afterPaint(() => {
      open().catch((error) => {
        setFailed(true)
        reportError(error)
      })
    })
    return () => {
      gone = true
      stop()
      endDrafting()
      opened?.dispose()
      setEditor(null)
    }
  }, [host, onLine])
  return { editor, shown, failed }
}

/** Without the messages Monaco speaks English, so they come first. */
async function loadMonaco(lang: Lang): Promise<typeof import('./monaco')> {
  if (lang === 'zh') await import('./monaco-zh')
  return import('./monaco')
}

/** The canvas comes first: two frames, and then what time is left. If Monaco cannot be loaded, the plain text stays. */
function afterPaint(run: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 1000 })
      else setTimeout(run, 100)
    })
  })
  return () => cancelAnimationFrame(frame)
}

/** What a person does in the text. */
function hands(
  drafting: typeof import('../store/text/drafting'),
  took: (text: string) => void,
): Pick<Wish, 'onType' | 'onRest' | 'onUndo' | 'onRedo'> {
  return {
    onType(text) {
      took(text)
      drafting.type(text)
    },
    onRest(left) {
      drafting.settle()
      drafting.pauseTyping()
      if (left) pointOnce([])
    },
    onUndo: undo,
    onRedo: redo,
  }
}

/** The cursor tells where it is, and what the line under it comes from once a person moves it. */
function cursor(onLine: (line: number) => void): Pick<Wish, 'onCursor'> {
  return {
    onCursor(line, byUser) {
      onLine(line)
      if (byUser) pointOnce(understanding()?.idsOfLine(store.getState(), line) ?? [])
    },
  }
}

function pointOnce(ids: readonly string[]): void {
  const { pointed } = store.getState()
  if (ids.length !== pointed.length || ids.some((id, index) => id !== pointed[index])) point(ids)
}

/** The lines of what is selected; the first is brought onto the screen when something else is selected, not when the text changes. */
function useMarks(editor: YamlEditor | null, wanted: Shown): void {
  const selected = useDesigner((s) => s.selected)
  const revealed = useRef<readonly string[]>([])
  useLayoutEffect(() => {
    if (!editor) return
    const lines = typeof wanted === 'string' ? (understanding()?.linesOfIds(store.getState(), selected) ?? []) : linesOf(wanted, selected)
    editor.mark(lines, selected !== revealed.current)
    revealed.current = selected
  }, [editor, wanted, selected])
}

function useWhole(element: RefObject<HTMLElement | null>, wanted: Shown): void {
  const whole = useRef<Whole | null>(null)
  useLayoutEffect(() => {
    if (!element.current) return
    whole.current ??= keepWhole(element.current)
    whole.current.show(wanted)
  }, [element, wanted])
  useEffect(() => () => whole.current?.stop(), [])
}
