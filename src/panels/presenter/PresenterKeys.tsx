/** Which keys presenter mode has, for whoever stands before the class. */
import { both } from '../../core/base/text'
import { useText } from '../../store/words/words'

const words = {
  keys: both('Keys', '按键'),
  next: both('next', '下一步'),
  back: both('back', '上一步'),
  hint: both('hint', '提示'),
  show: both('show me', '演示'),
}

export function PresenterKeys() {
  const say = useText()
  const keys = [
    ['→', words.next],
    ['←', words.back],
    ['H', words.hint],
    ['S', words.show],
  ] as const
  return (
    <p className="presenter-keys quiet">
      <span className="unseen">{say(words.keys)}: </span>
      {keys.map(([key, does]) => (
        <span key={key}>
          <kbd>{key}</kbd> {say(does)}
        </span>
      ))}
    </p>
  )
}
