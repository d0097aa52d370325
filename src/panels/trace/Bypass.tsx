/** Whether each client can reach each host without the gateway: by which ways, and what closes them. */

import { useState } from 'react'
import { memoLast } from '../../core/base/memo'
import type { Mesh } from '../../core/istio/mesh'
import type { Surroundings } from '../../core/istio/surroundings'
import { type Design, namespaceOf } from '../../core/model/design'
import { pathsOf } from '../../core/model/path'
import { bypass, type Bypass as Verdict, type Way } from '../../core/trace/bypass'
import { jump } from '../../store/actions/jump'
import { meaningOf } from '../../store/derived/meaning'
import { idsOfPlace, meshOf, spanOf, surroundingsNow } from '../../store/derived/understand'
import { designOf, type State, store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { FixButton } from '../problems/FixButton'
import { Said } from '../Said'

/** So many pairs are judged at a time: each is some requests. */
const most = 60

/** Clients of the picture with the hosts that lie behind a gateway; with all hosts where none does. Pure. */
export function pairsOf(design: Design): { client: string; host: string }[] {
  const behind = new Set(pathsOf(design).flatMap(({ gateway, host }) => (gateway ? [host.name] : [])))
  const hosts = design.nodes.filter(({ kind, name }) => kind === 'host' && (behind.size === 0 || behind.has(name)))
  const pods = design.nodes.filter(({ kind }) => kind === 'pod')
  return hosts.flatMap((host) => pods.map((pod) => ({ client: `${namespaceOf(pod)}/${pod.name}`, host: host.name })))
}

/** The same array while text, picture and surroundings are the same. */
const verdictsOf = (state: State) => verdictsFrom(meshOf(state), surroundingsNow(state), meaningOf(designOf(state)))

const verdictsFrom = memoLast((mesh: Mesh, around: Surroundings, design: Design): { verdicts: readonly Verdict[]; all: number } => {
  const pairs = pairsOf(design)
  return { all: pairs.length, verdicts: pairs.slice(0, most).map(({ client, host }) => bypass(mesh, around, client, host)) }
})

export function Bypass() {
  const { strip: words } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <section className="foretold" aria-label={words.sectionBypass}>
      <button type="button" className="foretold-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="down" size="s" className={open ? '' : 'folded'} />
        <b>{words.sectionBypass}</b>
        {open && <Summary />}
      </button>
      {open && <Verdicts />}
    </section>
  )
}

function Summary() {
  const { strip: words } = useWords()
  const { verdicts } = useDesigner(verdictsOf)
  return <span className="quiet">{fill(words.summary, { n: verdicts.filter(({ can }) => can).length, all: verdicts.length })}</span>
}

function Verdicts() {
  const { strip: words } = useWords()
  const { verdicts, all } = useDesigner(verdictsOf)
  return (
    <>
      <ul className="verdicts">
        {verdicts.map((verdict) => (
          <li key={`${verdict.client} ${verdict.host}`}>
            <p className="verdict">
              <span className={`severity ${verdict.can ? 'warning' : 'ok'}`}>
                <Icon name={verdict.can ? 'warn' : 'check'} size="s" />
                {verdict.can ? words.openBypass : words.closedBypass}
              </span>
              <span className="mono">
                {verdict.client} → {verdict.host}
              </span>
            </p>
            <ul>
              {verdict.ways.map((way) => (
                <WayItem key={way.way} way={way} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {verdicts.length === 0 && <p className="verdicts quiet">{words.nobody}</p>}
      {all > verdicts.length && <p className="verdicts quiet">{fill(words.rest, { n: verdicts.length, all })}</p>}
    </>
  )
}

function WayItem({ way }: { way: Way }) {
  const { strip: words } = useWords()
  const { because, says, closedBy, fix, takes } = way
  return (
    <li className="way">
      <p>
        <Said text={says} /> {takes === 'pod' && <span className="quiet">({words.byPod})</span>}
      </p>
      <p className="quiet">
        {words.closes}: <Said text={closedBy} />
      </p>
      <span className="problem-links">
        {because && (
          <button
            type="button"
            className="linkish"
            onClick={() => jump(idsOfPlace(store.getState(), because), spanOf(store.getState(), because))}
          >
            <Icon name="code" size="s" />
            {because.of.kind} {because.of.name}
          </button>
        )}
        {fix && <FixButton fix={fix} />}
      </span>
    </li>
  )
}
