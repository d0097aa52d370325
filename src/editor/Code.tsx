/** The text: a plain one at once, Monaco over it as soon as the canvas has painted. Edits, marks and the cursor go between store and editor here. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { textOf } from '../core/print'
import type { Doc } from '../core/resource'
import type { Lang } from '../core/text'
import { point } from '../store/actions'
import { store } from '../store/store'
import { useDesigner } from '../store/use'
import { useText } from '../store/words'
import { docsOf, idsAt, linesOf } from '../store/written'
import type { Sayings, Wish, YamlEditor } from './monaco'
import { editsBetween } from './ranges'
import { keepWhole, type Whole } from './whole'
import { words } from './words'

export function Code({ onLine }: { onLine(line: number): void }) {
  const docs = useDesigner(docsOf)
  const plain = useRef<HTMLPreElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const { editor, shown, failed } = useEditor(host, onLine)
  useWhole(plain, docs)
  useLayoutEffect(() => {
    if (!editor) return
    editor.edit(editsBetween(shown.current, docs))
    shown.current = docs
  }, [editor, shown, docs])
  useMarks(editor, docs)
  return (
    <div className="yaml-code">
      <pre ref={plain} hidden={editor !== null} className={failed ? 'whole' : undefined} tabIndex={0} />
      <div ref={host} className="yaml-host" />
    </div>
  )
}

/** Opens Monaco when there is time for it; `shown` are the documents that it shows. */
function useEditor(host: RefObject<HTMLDivElement | null>, onLine: (line: number) => void) {
  const [editor, setEditor] = useState<YamlEditor | null>(null)
  const [failed, setFailed] = useState(false)
  const shown = useRef<readonly Doc[]>([])
  const say = useText()
  const label = say(words.editor)
  const readOnly = say(words.readOnly)
  const sayings = useRef<Sayings>({ label, readOnly })
  useEffect(() => {
    sayings.current = { label, readOnly }
    editor?.say(sayings.current)
  }, [editor, label, readOnly])
  useEffect(() => {
    let gone = false
    let opened: YamlEditor | null = null
    const open = async () => {
      const { openYaml } = await loadMonaco(store.getState().lang)
      if (gone || !host.current) return
      shown.current = docsOf(store.getState())
      opened = openYaml(host.current, { ...sayings.current, text: textOf(shown.current), ...cursor(onLine) })
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

/** The cursor tells where it is, and what the line under it comes from once a person moves it. */
function cursor(onLine: (line: number) => void): Pick<Wish, 'onCursor' | 'onLeave'> {
  return {
    onCursor(line, byUser) {
      onLine(line)
      if (byUser) pointOnce(idsAt(docsOf(store.getState()), line))
    },
    onLeave: () => pointOnce([]),
  }
}

function pointOnce(ids: readonly string[]): void {
  const { pointed } = store.getState()
  if (ids.length !== pointed.length || ids.some((id, index) => id !== pointed[index])) point(ids)
}

/** The lines of what is selected; the first is brought onto the screen when something else is selected, not when the text changes. */
function useMarks(editor: YamlEditor | null, docs: readonly Doc[]): void {
  const selected = useDesigner((s) => s.selected)
  const revealed = useRef<readonly string[]>([])
  useLayoutEffect(() => {
    if (!editor) return
    editor.mark(linesOf(docs, selected), selected !== revealed.current)
    revealed.current = selected
  }, [editor, docs, selected])
}

function useWhole(element: RefObject<HTMLElement | null>, docs: readonly Doc[]): void {
  const whole = useRef<Whole | null>(null)
  useLayoutEffect(() => {
    if (!element.current) return
    whole.current ??= keepWhole(element.current)
    whole.current.show(docs)
  }, [element, docs])
  useEffect(() => () => whole.current?.stop(), [])
}
