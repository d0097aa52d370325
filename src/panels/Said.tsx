/** A sentence in the language that is read; what is between backticks in it is Istio's or Kubernetes' word, and looks so. */
import type { Told } from '../store/state/saying'
import { useTold } from '../store/words/saying'

export function Said({ text }: { text: Told }) {
  const say = useTold()
  return say(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))
}
