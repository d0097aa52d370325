/** Why a lesson is not there, where nothing of it could be loaded. */
import { saying } from '../state/saying'

export const unloaded = saying('noLesson')
