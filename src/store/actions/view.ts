/** What a person looks at: selection, dialogs, panes, language. None of it changes the design, so that the first paint needs no editing. */
import type { Id } from '../../core/base/id'
import type { PanelId, State, View } from '../state/store'
import { store } from '../state/store'

export const select = (ids: readonly Id[]): void => {
  const before = store.getState().selected
  if (ids.length === before.length && ids.every((id, index) => before[index] === id)) return
  store.setState({ selected: ids })
}

export const point = (ids: readonly Id[]): void => store.setState({ pointed: ids })

export const pick = (hop: Id | null): void => store.setState({ picking: hop })

/** Edits the name of a node on its card; null: no more. */
export const rename = (node: Id | null): void => store.setState({ renaming: node })

/** Opens a dialog, or a tab of the strip; null closes the dialog. */
export const openPanel = (panel: PanelId | null): void =>
  store.setState(panel === 'problems' || panel === 'trace' || panel === 'runbook' ? { strip: panel } : { panel })

export const closeStrip = (): void => store.setState({ strip: null })

export const dismissHint = (): void => store.setState({ hint: false })

export const setView = (view: View): void => store.setState({ view })

export const setTheme = (theme: State['theme']): void => store.setState({ theme })

export const setComments = (comments: boolean): void => store.setState({ comments })
