/** Under the canvas of presenter mode. */
import { presented } from '../../store/actions/presenting'
import { useDesigner } from '../../store/state/use'
import Presented from './Presented'

export default function PresenterFoot() {
  const trace = useDesigner(presented)
  return (
    <div className="presenter-foot">
      <Presented trace={trace} />
    </div>
  )
}
