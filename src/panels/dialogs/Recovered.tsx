/** What could not be read or cannot be saved: says so, and gives it to the person as a file. */
import '../../store/words/later-words'
import { both } from '../../core/base/text'
import { workToJson } from '../../core/model/link'
import { download, fileName } from '../../store/actions/deliver'
import { store, workOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useText } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import './recovered.css'

const words = {
  damaged: both('The saved design could not be read. It is kept as it was.', '已保存的设计无法读取。原内容已保留。'),
  full: both('The browser’s storage is full: this design is not saved.', '浏览器存储空间已满：此设计未保存。'),
  off: both('The browser allows no storage: this design is not saved.', '浏览器不允许存储：此设计未保存。'),
  downloadOld: both('Download it', '下载原内容'),
  downloadDesign: both('Download the design', '下载设计'),
  close: both('Close', '关闭'),
}

export default function Recovered() {
  const recovered = useDesigner((s) => s.recovered)
  const saved = useDesigner((s) => s.saved)
  return (
    <>
      {recovered !== null && <Damaged text={recovered} />}
      {(saved === 'full' || saved === 'off') && <Unsaved why={saved} />}
    </>
  )
}

function Damaged({ text }: { text: string }) {
  const say = useText()
  return (
    <section className="recovered" aria-label={say(words.damaged)}>
      <Icon name="error" className="err-text" />
      <p>{say(words.damaged)}</p>
      <button type="button" className="b line small" onClick={() => download('egress-unreadable.json', text, 'application/json')}>
        <Icon name="download" size="s" />
        {say(words.downloadOld)}
      </button>
      <button
        type="button"
        className="b icon small"
        aria-label={say(words.close)}
        title={say(words.close)}
        onClick={() => store.setState({ recovered: null })}
      >
        <Icon name="close" size="s" />
      </button>
    </section>
  )
}

function Unsaved({ why }: { why: 'full' | 'off' }) {
  const say = useText()
  const save = () => {
    const work = workOf(store.getState())
    download(fileName(work.design.name, 'json'), workToJson(work), 'application/json')
  }
  return (
    <section className="recovered" aria-label={say(words[why])}>
      <Icon name="warn" className="warn-text" />
      <p>{say(words[why])}</p>
      <button type="button" className="b line small" onClick={save}>
        <Icon name="download" size="s" />
        {say(words.downloadDesign)}
      </button>
    </section>
  )
}
