/** Reads texts: each once, whoever asks. The one before stays known, for what is still understood while a new text is typed. */
import { memoText } from '../../core/base/memo'
import { parse } from '../../core/yaml/parse'

export const parsedText = memoText(2, parse)
