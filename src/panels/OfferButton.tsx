/** Sets a field of the drawing to the value that a finding offers. */
import { designOf } from '../store/store'
import { useDesigner } from '../store/use'
import { fill, useText, useWords } from '../store/words'
import { Icon } from '../ui/icons'
import { offered } from './offered'
import type { Offer } from './problem-rows'
import { words } from './strip-words'

export function OfferButton({ offer }: { offer: Offer }) {
  const say = useText()
  const shell = useWords()
  const run = offered(useDesigner(designOf), offer)
  if (!run) return null
  return (
    <button type="button" className="b line small fix" title={fill(shell.use, { value: offer.value })} onClick={run}>
      <Icon name="bulb" size="s" />
      {say(words.fix)}
    </button>
  )
}
