/** An archive that somebody drops, pastes or imports. */
import { openPanel } from '../actions/view'
import { here } from './place'

/** Takes it in; the list of designs tells what it brought. */
export async function bring(file: Blob): Promise<void> {
  openPanel('designs')
  const place = here()
  if (place) await (await import('./taking-in')).takeIn(file, place)
}
