/** What a change does to the picture, by the names of its nodes and hops: the picture itself is behind the dialog. */
import type { Design, Hop } from '../../core/model/design'
import { useCount } from '../../store/words/numbers'
import { hopEnds, modeOf, nodeLabel, useWords } from '../../store/words/words'
import type { Words } from '../../words/kind'
import './picture.css'

/** So many names are listed of each. */
const listed = 8

export function Picture({ before, after }: { before: Design; after: Design }) {
  const words = useWords()
  const { previewing } = words
  const count = useCount()
  const [was, now] = [namesIn(words, before), namesIn(words, after)]
  const lists = {
    new: [...now.keys()].filter((name) => !was.has(name)),
    changed: [...now].flatMap(([name, says]) => (was.has(name) && was.get(name) !== says ? [name] : [])),
    gone: [...was.keys()].filter((name) => !now.has(name)),
  }
  const kinds = (['new', 'changed', 'gone'] as const).filter((is) => lists[is].length > 0)
  return (
    <section className="in-picture" aria-label={previewing.picture}>
      <h3>{previewing.picture}</h3>
      {kinds.length === 0 && <p className="quiet">{previewing.same}</p>}
      <dl>
        {kinds.map((is) => (
          <div key={is}>
            <dt>
              <span className={`how ${is}`}>{previewing[is]}</span>
            </dt>
            <dd>
              {lists[is].slice(0, listed).join('; ')}
              {lists[is].length > listed && ` ${count(previewing.more, lists[is].length - listed)}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What can be seen, by its name, with what is drawn of it. Names and ends are what two pictures share; ids may be others. */
function namesIn(words: Words, design: Design): Map<string, string> {
  const names = new Map<string, string>()
  const add = (name: string, says: string) => names.set(name, `${names.get(name) ?? ''} ${says}`)
  for (const node of design.nodes) if (node.kind !== 'sidecar') add(nodeLabel(words, node), JSON.stringify([node.namespace, node.fields]))
  for (const hop of design.hops) if ('wire' in hop) add(hopEnds(words, design, hop), saysOf(hop))
  return names
}

const saysOf = (hop: Hop): string => ('wire' in hop ? JSON.stringify([modeOf(hop), hop.wire.port, hop.wire.fields]) : modeOf(hop))
