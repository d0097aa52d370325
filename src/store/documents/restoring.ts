/** What is done with a version of a design. */
import type { Id } from '../../core/base/id'
import { placed } from '../../core/model/layout'
import { say } from '../actions/actions'
import { select } from '../actions/view'
import { saying } from '../state/saying'
import { take } from '../state/step'
import { store, workOf } from '../state/store'
import { addDesign, openDesign } from './library'
import { here } from './place'
import { remember } from './save'
import { type Kept, keep, nameVersion, workOfVersion } from './versions'

/**
 * The design is as it was in a version, in one step that Undo takes back; as it is now it is kept as a version first. Another design than the open
 * one is opened for it. False: it is as before, and why was said.
 */
export async function restore(id: Id, version: Id): Promise<boolean> {
  const place = here()
  if (!place) return false
  const was = await workOfVersion(id, version, place).catch(() => null)
  if (!was) {
    say(saying('versionUnreadable'))
    return false
  }
  await openDesign(id)
  // Another tab has it: that was said.
  if (store.getState().id !== id) return false
  const kept = await keep(id, workOf(store.getState()), { why: 'restore' }, place).catch((): Kept => 'no room')
  take({ design: placed(was.design), draft: was.draft }, 'restore')
  select([])
  say(saying(kept === 'no room' ? 'restoredAlone' : 'restored'), workOf(store.getState()))
  return true
}

/** The open design, as it is now, under a name. */
export async function keepAs(name: string): Promise<Kept | 'off'> {
  const place = here()
  const { id } = store.getState()
  if (!place || id === '') return 'off'
  const kept = await keep(id, workOf(store.getState()), { why: 'name', name }, place).catch((): 'off' => 'off')
  // A design that nobody has changed yet is saved with its version.
  if (kept === 'kept' && store.getState().id === id && store.getState().saved === 'untouched') {
    store.setState({ saved: 'saved' })
    remember(id, place)
  }
  return kept
}

/** Empty names are none. */
export async function rename(id: Id, version: Id, name: string): Promise<boolean> {
  const place = here()
  return place !== null && name !== '' && nameVersion(id, version, name, place)
}

/** A version as a design of its own, which is opened. */
export async function duplicateVersion(id: Id, version: Id, name: (title: string) => string): Promise<boolean> {
  const place = here()
  const work = place && (await workOfVersion(id, version, place).catch(() => null))
  if (work) await addDesign(work, name)
  else say(saying('versionUnreadable'))
  return work !== null
}
