/** A sentence in the language that is read; what stands between backticks in it is Istio's or Kubernetes' word, and looks so. */
import type { Text } from '../core/base/text'
import { useText } from '../store/words/words'

export function Said({ text }: { text: Text }) {
  const say = useText()
  return say(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))
}
