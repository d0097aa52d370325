/** Mends something by one press, as one step of the history. */
import type { Fix } from '../../core/yaml/document'
import { applyFix } from '../../store/text/drafting'
import { useText } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { words } from '../strip/strip-words'

export function FixButton({ fix, word }: { fix: Fix; word?: string }) {
  const say = useText()
  return (
    <button type="button" className="b line small fix" title={word ? undefined : say(fix.says)} onClick={() => applyFix(fix)}>
      <Icon name="bulb" size="s" />
      {word ?? say(words.fix)}
    </button>
  )
}
