/** The state, and the one gate through which it changes. */
import { subscribeWithSelector } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { type Design, emptyDesign, type Id } from '../core/design'
import { type History, start } from '../core/history'
import type { Lang } from '../core/text'

export type DialectId = 'istio-v1' | 'istio-v1alpha3'
export type View = 'both' | 'canvas' | 'code'
export type SaveState = 'untouched' | 'saving' | 'saved' | 'full' | 'off'
export type PanelId = 'gallery' | 'help' | 'needs' | 'addFlow'

/** A sentence for the screen reader and the foot of the canvas; `count` makes a repeated one new. */
export interface Notice {
  says: string
  count: number
}

export interface State {
  /** Document scope: saved, shared, undone. */
  id: string
  history: History<Design>
  /** View scope: not undone. */
  dialect: DialectId
  comments: boolean
  lang: Lang
  theme: 'system' | 'light' | 'dark'
  view: View
  selected: readonly Id[]
  /** Nodes and hops under the cursor in the YAML. */
  pointed: readonly Id[]
  /** The hop whose TLS picker is open. */
  picking: Id | null
  panel: PanelId | null
  saved: SaveState
  /** A saved document that could not be read, as it lay in the storage: it is offered for download. */
  recovered: string | null
  notice: Notice
  hint: boolean
}

export const store = createStore<State>()(
  subscribeWithSelector(
    (): State => ({
      id: '',
      history: start(emptyDesign),
      dialect: 'istio-v1',
      comments: true,
      lang: 'en',
      theme: 'system',
      view: 'both',
      selected: [],
      pointed: [],
      picking: null,
      panel: null,
      saved: 'untouched',
      recovered: null,
      notice: { says: '', count: 0 },
      hint: false,
    }),
  ),
)

export const designOf = (state: State): Design => state.history.now
