/** What could not be read or cannot be saved: says so, and gives it to the person as a file. */
import { workToJson } from '../../core/model/link'
import { download, fileName } from '../../store/actions/deliver'
import { store, workOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Newer } from '../about/Newer'
import { Elsewhere } from '../documents/Elsewhere'
import './recovered.css'

export default function Recovered() {
  const recovered = useDesigner((s) => s.recovered)
  const saved = useDesigner((s) => s.saved)
  return (
    <>
      {recovered !== null && <Damaged text={recovered} />}
      <Elsewhere />
      <Newer />
      {(saved === 'full' || saved === 'off') && <Unsaved why={saved} />}
    </>
  )
}

function Damaged({ text }: { text: string }) {
  const { recovered: words } = useWords()
  return (
    <section className="recovered" aria-label={words.damaged}>
      <Icon name="error" className="err-text" />
      <p>{words.damaged}</p>
      <button type="button" className="b line small" onClick={() => download('egress-unreadable.json', text, 'application/json')}>
        <Icon name="download" size="s" />
        {words.downloadOld}
      </button>
      <button
        type="button"
        className="b icon small"
        aria-label={words.close}
        title={words.close}
        onClick={() => store.setState({ recovered: null })}
      >
        <Icon name="close" size="s" />
      </button>
    </section>
  )
}

function Unsaved({ why }: { why: 'full' | 'off' }) {
  const { recovered: words } = useWords()
  const save = () => {
    const work = workOf(store.getState())
    download(fileName(work.design.name, 'json'), workToJson(work), 'application/json')
  }
  return (
    <section className="recovered" aria-label={words[why]}>
      <Icon name="warn" className="warn-text" />
      <p>{words[why]}</p>
      <button type="button" className="b line small" onClick={save}>
        <Icon name="download" size="s" />
        {words.downloadDesign}
      </button>
    </section>
  )
}
