/** What the app is, quietly: whether it works without a network, and what it is made of. */
import { openPanel } from '../../store/actions/view'
import { offline } from '../../store/offline/offline'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Licences } from './Licences'
import './about.css'

export function About() {
  const { about: words, stored } = useWords()
  const ready = useDesigner((s) => offline.of(s)?.ready ?? false)
  return (
    <section className="about">
      <h3 className="help-head">{words.title}</h3>
      <p>{ready ? words.offline : words.online}</p>
      <button type="button" className="b line small" onClick={() => openPanel('stored')}>
        {stored.title}
      </button>
      <p>{words.own}</p>
      <Licences />
    </section>
  )
}
