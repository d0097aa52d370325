/** What a person does to the text: typing, fixes, import. Loaded with the editor, never with the first paint. */

import type { Fix } from '../../core/yaml/document'
import { locate } from '../../core/yaml/parse'
import { patched } from '../../core/yaml/patch'
import { placeOf } from '../../core/yaml/patch/changed'
import { documentAt } from '../../core/yaml/place'
import { jump } from '../actions/jump'
import { printedText, textNow } from '../derived/written'
import { saying } from '../state/saying'
import { amend, say, take } from '../state/step'
import { draftOf, type State, store, workOf } from '../state/store'
import { followed } from './following'
import { parsedText } from './reading'

/** The picture follows when nothing was typed for so long. */
const rest = 500
/** Keystrokes further apart than this are different steps. */
const apart = 3000

export { accept, decline, importText, pictureOf } from './importing'

const state = (): State => store.getState()

/** A keystroke: the text is the person's now; the picture follows after a pause. What the design would print anyway is no text of theirs. */
export function type(text: string): void {
  const work = workOf(state())
  if (text === textNow(state())) return
  const { at, session: before } = state().typing
  const now = Date.now()
  const session = now - at > apart ? before + 1 : before
  store.setState({ typing: { at: now, session } })
  take({ design: work.design, draft: text === printedText(state()) ? null : { text, is: 'typing' } }, 'type', `type ${session}`)
}

/** Whatever is typed next is another step. */
export const pauseTyping = (): void => store.setState(({ typing: { at, session } }) => ({ typing: { at, session: session + 1 } }))

/** The picture follows at once: after a pause, on blur and on Ctrl+S. It is no step of its own. */
export function settle(): void {
  const { design, draft } = workOf(state())
  if (draft?.is === 'typing') amend(followed(draft.text, design))
}

/**
 * From now on the picture follows each text that it has not followed yet, whoever made it: a keystroke, undo, a document that is opened. The
 * answer ends it, and lets the picture follow at once.
 */
export function startDrafting(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = store.subscribe((now, before) => {
    const draft = draftOf(now)
    if (draft === draftOf(before)) return
    clearTimeout(timer)
    timer = draft?.is === 'typing' ? setTimeout(settle, rest) : undefined
  })
  settle()
  return () => {
    end()
    clearTimeout(timer)
    settle()
  }
}

/** Mends what a finding speaks of, as one step. */
export function applyFix(fix: Fix): void {
  settle()
  const text = textNow(state())
  if (isOlder(fix, text)) return say(saying('changedSince'))
  const result = patched(text, fix.changes)
  if ('refused' in result) {
    say(result.refused)
    return goTo(fix)
  }
  take(followed(result.text, workOf(state()).design), 'fix')
  pauseTyping()
}

/** Shows what fixes would change, before any of it is made. */
export function showFixes(fixes: readonly Fix[]): void {
  settle()
  store.setState({ fixing: fixes })
}

export const leaveFixes = (): void => store.setState({ fixing: null })

/** What cannot be written by the fix is written by hand: the editor shows where. */
function goTo({ changes }: Fix): void {
  const [place] = changes.flatMap((change) => placeOf(change) ?? [])
  const span = place ? locate(parsedText(textNow(state())), place) : null
  if (span) jump([], span, true)
}

/** Whether a fix was found in what a very long text said a moment ago, and its documents say something else now. */
function isOlder({ changes }: Fix, text: string): boolean {
  const { asOf } = state()
  if (!asOf) return false
  const [before, now] = [parsedText(asOf.text).documents, parsedText(text).documents]
  return changes.some((change) => {
    const of = placeOf(change)?.of
    return of && documentAt(before, of)?.text !== documentAt(now, of)?.text
  })
}

/** The text is printed from the picture again; undo brings the person's text back. */
export function reprint(): void {
  const { question } = state()
  if (question) {
    store.setState({ question: null, ...(question.dialect && { dialect: question.dialect }) })
    take(question.work, question.label)
  } else take({ design: workOf(state()).design, draft: null }, 'reprint')
}

/** The change is written into the person's text all the same. */
export function writeAnyway(): void {
  const { question } = state()
  if (!question?.written) return
  store.setState({ question: null })
  take(question.written.work, question.label)
  sayGone(question.written.gone)
}

/** Objects that a text no longer has stay in a cluster until somebody deletes them. */
export function sayGone(gone: string): void {
  if (gone !== '') say(saying('goneFromText', { gone }))
}

/** The text stays as it is, and the picture too. */
export const keepText = (): void => store.setState({ question: null })
