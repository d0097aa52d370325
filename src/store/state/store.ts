/** The state, and the one gate through which it changes. */

import { subscribeWithSelector } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { Id } from '../../core/base/id'
import type { Lang, Text } from '../../core/base/text'
import { defaultDialect } from '../../core/compile/default-dialect'
import type { DialectId } from '../../core/compile/dialects'
import type { Focus } from '../../core/figure/lens'
import { type Design, emptyDesign } from '../../core/model/design'
import { type History, start } from '../../core/model/history'
import type { Offer } from '../../core/model/offers'
import type { Draft, Work } from '../../core/model/work'
import type { Schemas } from '../../core/schema/schema'
import type { Made, Sources } from '../../core/understand/understanding'
import type { Fix } from '../../core/yaml/document'
import type { Lesson, TakenLesson } from '../../lessons/kind'
import { first } from '../../words/en/first'
import type { Words } from '../../words/kind'
import type { Told } from './saying'

export type View = 'both' | 'canvas' | 'code'
export type SaveState = 'untouched' | 'saving' | 'saved' | 'full' | 'off'
/** A dialog over the page. */
export type DialogId =
  | 'gallery'
  | 'help'
  | 'needs'
  | 'addFlow'
  | 'import'
  | 'compare'
  | 'lessons'
  | 'designs'
  | 'versions'
  | 'share'
  | 'picture'
  | 'paths'
  | 'stored'
  | 'commands'
  | 'find'
/** A tab of the strip below the canvas. */
export type StripId = 'problems' | 'trace' | 'runbook'
export type PanelId = DialogId | StripId

/** A request as it was typed; it is traced when it is sent. */
export interface Asked {
  /** `namespace/pod` */
  from: string
  url: string
  curl?: readonly string[]
}

/** Names of steps, for the tooltips of undo and redo; `words/` says them in both languages. */
export type Step =
  | 'add'
  | 'connect'
  | 'remove'
  | 'move'
  | 'tidy'
  | 'tls'
  | 'call'
  | 'field'
  | 'rename'
  | 'guard'
  | 'world'
  | 'paste'
  | 'flow'
  | 'load'
  | 'clear'
  | 'type'
  | 'fix'
  | 'import'
  | 'reprint'
  | 'show'
  | 'reset'
  | 'restore'

/** What Check found. */
export interface Verdict {
  /** All goals hold. */
  done: boolean
  /** Goals of the step that do not hold, counted from 0. */
  lacks: readonly number[]
  /** Wrong ways of the step that were taken, counted from 0. */
  wrong: readonly number[]
  /** The text cannot be read as a whole. */
  broken: boolean
  /** How the requests of goals that do not hold end now. */
  ends: readonly Told[]
  /** A verdict that is given again is a new one. */
  count: number
}

/** The lesson that is taken; its document is the one that is open. */
export interface OpenLesson {
  /** In the language of the page. */
  lesson: TakenLesson
  /** As it was written in a file, in both languages; null: it is one of the catalog, which is loaded in one. */
  written: Lesson | null
  /** The same for every tab and visit: progress and document go by it. */
  key: string
  /** What is in the address for it, without the step. */
  address: string
  /** The step before the learner, counted from 0. */
  step: number
  /** Which steps are done: their goals have held, all at once. */
  done: readonly boolean[]
  /** Which goals of this step hold now. */
  met: readonly boolean[]
  /** What the goals were last asked of. */
  judged: readonly unknown[]
  hint: boolean
  verdict: Verdict | null
  /** What had been sent when this step began: it counts for the one before. */
  sentBefore: Asked | null
}

/** A lesson that could not be opened, and why. */
export interface LessonTrouble {
  /** Of the file or lesson. */
  name: Told | string
  says: readonly Told[]
}

/** A change of the picture that the typed text could not take: the person says what becomes of the text. */
export interface Question {
  why: Told
  /** What a text printed from the picture would no longer say. */
  drops: readonly Told[]
  /** The person's text with the change, where it can be written there, and what that costs. */
  written: { work: Work; costs: readonly Told[]; gone: string } | null
  /** What Reprint makes. */
  work: Work
  label: Step
  /** The dialect that is asked for, where that is the change. */
  dialect?: DialectId
  /** Where the text cannot be read, for Go to the error. */
  error: { from: number; to: number } | null
}

/** YAML that is being read before it is taken over. */
export type Incoming =
  | { is: 'reading'; done: number; of: number }
  | { is: 'read'; work: Work; text: string; says: readonly Told[]; notDrawn: readonly { name: string; why: Text }[] }

/** A sentence for the screen reader and the foot of the canvas; `count` makes a repeated one new. */
export interface Notice {
  says: string | Told
  count: number
  /** The work that it tells of, for Undo, or over which `offers` are made; null: it is of none. */
  of: Work | null
  /** What can be done in place of what was refused. */
  offers: readonly (Offer & { label: Step })[]
}

export interface State {
  /** Document scope: saved, shared, undone. */
  id: string
  history: History<Work>
  /** View scope: not undone. */
  dialect: DialectId
  comments: boolean
  lang: Lang
  /** What the shell says in that language: at first the words of the first paint alone (`withWords`). */
  words: Words
  theme: 'system' | 'light' | 'dark'
  view: View
  selected: readonly Id[]
  /** Nodes and hops under the cursor in the YAML. */
  pointed: readonly Id[]
  /** What the pointer rests on. */
  lens: Focus | null
  /** The hop whose TLS picker is open. */
  picking: Id | null
  /** The node whose name is being edited on its card. */
  renaming: Id | null
  panel: DialogId | null
  /** The open tab of the strip; null: it is closed. */
  strip: StripId | null
  /** What the fields of the Trace panel say. */
  request: Asked | null
  /** What was sent: this is traced. Null: nothing yet. */
  sent: Asked | null
  /** The step of the trace that is shown. */
  step: number
  question: Question | null
  /** Fixes whose changes are looked at before they are made. */
  fixing: readonly Fix[] | null
  incoming: Incoming | null
  saved: SaveState
  /** The document that another tab has, of which this one shows a copy that is not saved yet. */
  elsewhere: Id | null
  /** A link brought this work; it is not saved until it is kept or changed. */
  linked: boolean
  /** A saved document that could not be read, as it lay in the storage: it is offered for download. */
  recovered: string | null
  notice: Notice
  hint: boolean
  /** Null: the person's own work is open. */
  lesson: OpenLesson | null
  /** The lesson is shown to a class. */
  presenting: boolean
  lessonTrouble: LessonTrouble | null
  /** When the person typed last, and in which session of typing: one session is one step of the history. */
  typing: { at: number; session: number }
  /** Parts of the app that come after the first paint, by their names (`part.ts`). */
  parts: Readonly<Record<string, unknown>>
  /** The schemas of all kinds; null until they are there. */
  schemas: Schemas | null
  /** What was last made in pieces of a text with many documents. */
  made: Made | null
  /** Of a very long text, what is understood until its author pauses; null: what is there now. */
  asOf: Pick<Sources, 'text' | 'own' | 'design'> | null
}

export const store = createStore<State>()(
  subscribeWithSelector(
    (): State => ({
      id: '',
      history: start<Work>({ design: emptyDesign, draft: null }),
      dialect: defaultDialect,
      comments: true,
      lang: 'en',
      words: first as Words,
      theme: 'system',
      view: 'both',
      selected: [],
      pointed: [],
      lens: null,
      picking: null,
      renaming: null,
      panel: null,
      strip: null,
      request: null,
      sent: null,
      step: 0,
      question: null,
      fixing: null,
      incoming: null,
      saved: 'untouched',
      elsewhere: null,
      linked: false,
      recovered: null,
      notice: { says: '', count: 0, of: null, offers: [] },
      hint: false,
      lesson: null,
      presenting: false,
      lessonTrouble: null,
      typing: { at: 0, session: 0 },
      parts: {},
      schemas: null,
      made: null,
      asOf: null,
    }),
  ),
)

export const workOf = (state: State): Work => state.history.now
export const designOf = (state: State): Design => state.history.now.design
/** The person's own text; null while the picture writes it. */
export const draftOf = (state: State): Draft | null => state.history.now.draft
