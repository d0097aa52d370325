/** How it is said whether the work is saved. */
import type { Word } from '../../words/kind'
import type { SaveState } from '../state/store'

export const savedWord: Record<SaveState, Word> = {
  untouched: 'untouched',
  saving: 'saving',
  saved: 'saved',
  full: 'savedFull',
  off: 'savedOff',
}
