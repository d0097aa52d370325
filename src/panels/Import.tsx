/** Import: shows what a YAML is before it takes the place of what is drawn. */
import { both } from '../core/text'
import { useText } from '../store/words'
import { Sheet } from '../ui/Sheet'

const words = { title: both('Import', '导入'), close: both('Close', '关闭') }

export default function Import({ onClose }: { onClose(): void }) {
  const say = useText()
  return (
    <Sheet title={say(words.title)} close={say(words.close)} onClose={onClose}>
      <p />
    </Sheet>
  )
}
