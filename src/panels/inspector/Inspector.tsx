/** What is selected, as a form. It is drawn from the fields of the kinds and knows none of them. */
import { hopOf, isAppHop, nodeOf } from '../../core/model/design'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { CallForm } from './CallForm'
import { DesignForm } from './DesignForm'
import { Head, Tools } from './FormParts'
import { NodeForm } from './NodeForm'
import { WireForm } from './WireForm'
import './inspector.css'

export default function Inspector() {
  const words = useWords()
  return (
    <section className="inspector" data-control="inspector" aria-label={words.inspector}>
      <Selected />
    </section>
  )
}

function Selected() {
  const selected = useDesigner((s) => s.selected)
  const [id] = selected
  const node = useDesigner((s) => (id ? nodeOf(designOf(s), id) : undefined))
  const hop = useDesigner((s) => (id ? hopOf(designOf(s), id) : undefined))
  if (selected.length > 1) return <Many count={selected.length} />
  if (node) return <NodeForm key={node.id} node={node} />
  if (hop) return isAppHop(hop) ? <CallForm key={hop.id} hop={hop} /> : <WireForm key={hop.id} hop={hop} />
  return <DesignForm />
}

function Many({ count }: { count: number }) {
  const words = useWords()
  return (
    <Head title={fill(words.manySelected, { n: count })}>
      <Tools />
    </Head>
  )
}
