/** Sets a field of the drawing to the value that a finding offers. */
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import type { Offer } from '../problems/problem-rows'
import { offered } from './offered'

export function OfferButton({ offer }: { offer: Offer }) {
  const { strip: words } = useWords()
  const shell = useWords()
  const run = offered(useDesigner(designOf), offer)
  if (!run) return null
  return (
    <button type="button" className="b line small fix" title={fill(shell.use, { value: offer.value })} onClick={run}>
      <Icon name="bulb" size="s" />
      {words.fix}
    </button>
  )
}
