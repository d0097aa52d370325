/** The examples, each with a sketch of its road. Choosing one replaces the design, as one step. */
import { type CSSProperties, useEffect, useState } from 'react'
import type { Design } from '../../core/model/design'
import { placed } from '../../core/model/layout'
import type { Example } from '../../examples/kind'
import { load } from '../../store/actions/actions'
import { dismissHint } from '../../store/actions/view'
import { useCounted } from '../../store/words/numbers'
import { fill, useText, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import { strokes, styleOf } from '../../ui/Wire'
import './gallery.css'

interface Proof {
  istio: string
  envoy: string
  flows: number
  requests: number
  /** Requests through random configurations with mistakes, and how many of them the tracer told exactly. */
  traced?: number
  agree?: number
}

export default function Gallery({ onClose }: { onClose(): void }) {
  const words = useWords()
  const text = useText()
  const examples = useExamples()
  const proof = useProof()
  const counted = useCounted()
  return (
    <Sheet
      title={words.gallery}
      close={words.close}
      onClose={onClose}
      width={960}
      footer={
        <>
          <span className="quiet">{words.galleryNote}</span>
          <span className="grow" />
          {proof && (
            <span className="proof">
              {fill(words.proven, { ...proof, flows: counted(proof.flows), requests: counted(proof.requests) })}
              {proof.traced && proof.agree ? ` ${fill(words.traced, { traced: counted(proof.traced), agree: counted(proof.agree) })}` : ''}
            </span>
          )}
        </>
      }
    >
      {examples === null && <p className="quiet">{words.galleryMissing}</p>}
      <ul className="gallery">
        {examples?.map((example) => (
          <li key={example.id}>
            <button
              type="button"
              aria-label={fill(words.openExample, { title: text(example.title) })}
              aria-describedby={`story-${example.id}`}
              onClick={() => {
                load(example.design)
                dismissHint()
                onClose()
              }}
            >
              <Sketch design={example.design} />
              <b>{text(example.title)}</b>
              <span id={`story-${example.id}`}>{text(example.story)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** Undefined while loading, null if they cannot be had. */
function useExamples(): readonly Example[] | null | undefined {
  const [examples, setExamples] = useState<readonly Example[] | null | undefined>(undefined)
  useEffect(() => {
    import('../../examples').then(
      (all) => setExamples(all.examples),
      () => setExamples(null),
    )
  }, [])
  return examples
}

/** What the proving ground wrote down, if it is there. */
function useProof(): Proof | null {
  const [proof, setProof] = useState<Proof | null>(null)
  useEffect(() => {
    fetch('./proven.json')
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((found: Partial<Proof> | null) => {
        if (found?.istio && found.envoy && found.flows && found.requests) setProof(found as Proof)
      })
      .catch(() => {})
  }, [])
  return proof
}

const size: Record<string, { width: number; height: number }> = {
  pod: { width: 34, height: 22 },
  gateway: { width: 34, height: 22 },
  host: { width: 34, height: 22 },
}

/** The road in miniature: cards as boxes, hops with the line of their mode. */
function Sketch({ design }: { design: Design }) {
  const at = new Map(miniature(design).map((box) => [box.id, box]))
  const pods = new Map(design.hops.flatMap((hop) => ('call' in hop ? [[hop.to, hop.from] as const] : [])))
  const tall = Math.max(64, ...[...at.values()].map((box) => box.y + 26))
  return (
    <svg className="sketch" viewBox={`0 0 260 ${tall}`} style={{ '--wire-core': 'var(--sunken)' } as CSSProperties} aria-hidden="true">
      {design.hops.map((hop) => {
        const from = at.get(pods.get(hop.from) ?? hop.from)
        const to = at.get(hop.to)
        if (!('wire' in hop) || !from || !to) return null
        const [x1, y1, x2, y2] = [from.x + 34, from.y + 11, to.x, to.y + 11]
        const style = styleOf(hop.wire.tls)
        return (
          <g className={style} key={hop.id}>
            {strokes(style, `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`)}
          </g>
        )
      })}
      {[...at.values()].map((box) => (
        <rect key={box.id} x={box.x} y={box.y} {...size[box.kind]} rx="5" />
      ))}
    </svg>
  )
}

function miniature(design: Design): { id: string; kind: string; x: number; y: number }[] {
  const columns: Record<string, number> = { pod: 10, gateway: 113, host: 216 }
  const next: Record<string, number> = {}
  const own = placed(design).nodes.filter((node) => node.kind !== 'sidecar')
  const most = Math.max(...['pod', 'gateway', 'host'].map((kind) => own.filter((node) => node.kind === kind).length))
  return own.map((node) => {
    const count = own.filter((other) => other.kind === node.kind).length
    const index = next[node.kind] ?? 0
    next[node.kind] = index + 1
    const step = most > 2 ? Math.min(30, 96 / (most - 1)) : 30
    return {
      id: node.id,
      kind: node.kind,
      x: columns[node.kind] ?? 0,
      y: 21 + ((most > 2 ? most : 1) - 1) * step * 0.5 - (count - 1) * step * 0.5 - (most > 2 ? 14 : 0) + index * step,
    }
  })
}
