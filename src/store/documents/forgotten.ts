/** A document that a person had deleted with all others: what a tab still holds of it is written nowhere any more. */
import type { Id } from '../../core/base/id'
import type { Place } from './place'

/** What a tab says that deletes all. */
export const forgetting = 'all is forgotten'

/** No save is called so. */
const stamp = 'forgotten'

export const forget = (id: Id, { known }: Pick<Place, 'known'>): void => void known.set(id, stamp)
export const isForgotten = (id: Id, { known }: Pick<Place, 'known'>): boolean => known.get(id) === stamp
