/** Every key and what it does, from the one list of actions. */
import { keyWord } from '../../store/actions/key-names'
import { actions } from '../../store/actions/registry'
import { useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { About } from '../about/About'
import './help.css'

export default function Help({ onClose }: { onClose(): void }) {
  const words = useWords()
  return (
    <Sheet title={words.help} close={words.close} onClose={onClose} width={720}>
      <h3 className="help-head">{words.helpMouse}</h3>
      <ul className="help-mouse">
        <li>{words.helpMouse1}</li>
        <li>{words.helpMouse2}</li>
        <li>{words.helpMouse3}</li>
        <li>{words.helpMouse4}</li>
        <li>{words.helpMouse5}</li>
      </ul>
      <h3 className="help-head">{words.helpKeys}</h3>
      <dl className="keys">
        {actions
          .filter((action) => action.keys.length > 0)
          .map((action) => (
            <div key={action.id}>
              <dt>{words.actions[action.id]}</dt>
              <dd>
                {action.keys.map((key) => (
                  <kbd key={key}>{keyWord(key)}</kbd>
                ))}
              </dd>
            </div>
          ))}
      </dl>
      <About />
    </Sheet>
  )
}
