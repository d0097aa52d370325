/** What a change does to the picture: on a canvas of its own, since the picture itself is behind the dialog, and by names. */
import { lazy, Suspense, useMemo } from 'react'
import { type Design, isAppHop } from '../../core/model/design'
import { type Difference, differenceOf } from '../../core/model/difference'
import { useCount } from '../../store/words/numbers'
import { fill, hopEnds, nodeLabel, useWords } from '../../store/words/words'
import type { Words } from '../../words/kind'
import './picture.css'

const Preview = lazy(() => import('../../canvas/preview/Preview'))

/** So many names are listed of each. */
const listed = 8

export function Picture({ before, after }: { before: Design; after: Design }) {
  const words = useWords()
  const { previewing } = words
  const count = useCount()
  const difference = useMemo(() => differenceOf(before, after), [before, after])
  const lists = namesOf(words, difference)
  const kinds = (['new', 'changed', 'gone'] as const).filter((is) => lists[is].length > 0)
  return (
    <section className="in-picture" aria-label={previewing.picture}>
      <h3>{previewing.picture}</h3>
      {kinds.length === 0 ? (
        <p className="quiet">{previewing.same}</p>
      ) : (
        <div className="canvas-place">
          <Suspense fallback={null}>
            <Preview difference={difference} />
          </Suspense>
        </div>
      )}
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

/** The names of all that is marked; a sidecar comes and goes with its pod. */
function namesOf(words: Words, { design, marks, guards }: Difference): Record<'new' | 'changed' | 'gone', string[]> {
  const names = { new: new Set<string>(), changed: new Set<string>(), gone: new Set<string>() }
  for (const node of design.nodes) {
    const mark = marks.get(node.id)
    if (mark && node.kind !== 'sidecar') names[mark].add(nodeLabel(words, node))
  }
  for (const hop of design.hops) {
    const mark = marks.get(hop.id)
    // An app's own call comes and goes with its pod as well.
    if (mark && (mark === 'changed' || !isAppHop(hop))) names[mark].add(hopEnds(words, design, hop))
  }
  for (const [namespace, mark] of guards) names[mark].add(`NetworkPolicy, ${fill(words.namespaceOf, { name: namespace })}`)
  return { new: [...names.new], changed: [...names.changed], gone: [...names.gone] }
}
