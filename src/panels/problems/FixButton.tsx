/** Mends something by one press, as one step of the history. */
import type { Fix } from '../../core/yaml/document'
import { applyFix } from '../../store/text/drafting'
import { useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function FixButton({ fix, word }: { fix: Fix; word?: string }) {
  const say = useText()
  const { strip: words } = useWords()
  return (
    <button type="button" className="b line small fix" title={word ? undefined : say(fix.says)} onClick={() => applyFix(fix)}>
      <Icon name="bulb" size="s" />
      {word ?? words.fix}
    </button>
  )
}
