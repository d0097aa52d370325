/** The English words of what comes after the first paint: each part that does imports this, so that they are there before it is. */
import { later } from '../../words/en-later'
import { wordsOf } from './words'

Object.assign(wordsOf('en'), later)
