/** A sentence in the language that is read; what is between backticks in it is Istio's or Kubernetes' word, and looks so. */
import type { Told } from '../store/state/saying'
import { useTold } from '../store/words/saying'
import { marked } from '../ui/marked'

export function Said({ text }: { text: Told }) {
  const say = useTold()
  return marked(say(text))
}
