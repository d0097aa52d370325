/** The app's hop: what the app says and which port it dials, and for which host it says something else. */

import { useMemo } from 'react'
import { both } from '../../core/base/text'
import { type AppHop, type Call, type Design, nodeOf, type Speaks, type WireHop } from '../../core/model/design'
import { setCall as changed } from '../../core/model/edit'
import { dialledPort, pathsOf } from '../../core/model/path'
import { clearCall, edit, refuse, setCall } from '../../store/actions/actions'
import { soundOffers } from '../../store/actions/offering'
import { pick } from '../../store/actions/view'
import { meaningOf } from '../../store/derived/meaning'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, hopEnds, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { FieldRow } from './FieldRow'
import { Head, Rest, SendTool, Tools, useFindings } from './FormParts'
import { PortCell } from './PortCell'
import { portField } from './WireForm'

const speaks: readonly Speaks[] = ['HTTP', 'HTTPS', 'TCP']

export function CallForm({ hop }: { hop: AppHop }) {
  const words = useWords()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const findings = useFindings(hop.id, ['port'])
  const usual = dialledPort({ speaks: hop.call.speaks })
  return (
    <>
      <Head title={words.hop} more={hopEnds(words, design, hop)}>
        <SendTool id={hop.id} />
        <Tools hop={hop.id} />
      </Head>
      <p className="sentence">{words[`speaks${hop.call.speaks}`]}</p>
      <Rest findings={findings.rest} />
      <div className="fields">
        <div className="row">
          <span className="label">{words.appSaysHere}</span>
          <div className="cell">
            <span className="mode-now">
              <b>{hop.call.speaks}</b>
              <span className="grow" />
              <button type="button" className="b line small" onClick={() => pick(hop.id)}>
                {words.change}
              </button>
            </span>
          </div>
        </div>
        <NotYet hop={hop} />
        <FieldRow
          field={portField(both('', ''))}
          value={hop.call.port}
          findings={findings.on('port')}
          placeholder={usual ? String(usual) : ''}
          help={usual ? fill(words.portAppHelp, { port: usual }) : words.portAppTcp}
          onCommit={(port, step) => setPort(hop, port as number | undefined, `${hop.id} port ${step}`)}
        />
        <PerHost hop={hop} />
      </div>
    </>
  )
}

/** What the app cannot send as things are: each with the reason, and with what would make it possible. */
function NotYet({ hop }: { hop: AppHop }) {
  const words = useWords()
  const text = useText()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const refused = useMemo(() => refusedCalls(design, hop), [design, hop])
  if (refused.length === 0) return null
  return (
    <div className="row">
      <span className="label">{words.whyNot}</span>
      <ul className="cell ways">
        {refused.map(({ value, why, call, offers }) => (
          <li key={value}>
            <b>{value}</b>
            <span>{text(why)}</span>
            {offers.map((offer, index) => (
              <button
                type="button"
                className="b line small"
                key={offer.says.en}
                onClick={() => edit('call', (now) => soundOffers(now, hop.id, call)[index]?.design ?? now)}
              >
                <Icon name="bulb" size="s" />
                {text(offer.says)}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}

const refusedCalls = (design: Design, hop: AppHop) =>
  speaks.flatMap((value) => {
    // TCP needs a port, which is asked for first.
    const call: Call = { speaks: value, ...(value === 'TCP' && { port: hop.call.port ?? dialledPort(hop.call) }) }
    const result = changed(design, hop.id, call)
    return value === hop.call.speaks || 'design' in result
      ? []
      : [{ value, why: result.refused, call, offers: soundOffers(design, hop.id, call) }]
  })

/** The port that the app dials; says why it cannot be. `step`: what joins keystrokes into one entry of the history. */
export function setPort(hop: AppHop, port: number | undefined, step: string | null): void {
  edit(
    'field',
    (design) => {
      const call = { speaks: hop.call.speaks, ...(port !== undefined && { port }) }
      const result = changed(design, hop.id, call)
      if ('design' in result) return result.design
      refuse(result.refused, soundOffers(design, hop.id, call), 'call')
      return design
    },
    step,
  )
}

function PerHost({ hop }: { hop: AppHop }) {
  const words = useWords()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const reached = new Set(
    pathsOf(design)
      .filter((path) => path.hops[0] === hop.id)
      .map((path) => path.outside.hop),
  )
  for (const id of Object.keys(hop.overrides)) reached.add(id)
  const outside = design.hops.filter((other): other is WireHop => reached.has(other.id) && 'wire' in other)
  if (outside.length < 2 && Object.keys(hop.overrides).length === 0) return null
  return (
    <div className="row stacked">
      <span className="label">{words.differs}</span>
      <ul className="differs">
        {outside.map((other) => {
          const host = nodeOf(design, other.to)?.name ?? '?'
          const twice = outside.filter((one) => one.to === other.to).length > 1
          const name = twice ? `${host} ${other.wire.tls}` : host
          const over = hop.overrides[other.id]
          const now: Call = { ...hop.call, ...over }
          return (
            <li key={other.id}>
              <code className="this-way" title={name}>
                {name}
              </code>
              <select
                className="input"
                aria-label={fill(words.differsSpeaks, { host: name })}
                value={over?.speaks ?? ''}
                onChange={(event) => {
                  const value = event.currentTarget.value as Speaks | ''
                  if (value === '') clearCall(hop.id, other.id)
                  else setCall(hop.id, { speaks: value }, other.id)
                }}
              >
                <option value="">{words.asTheHop}</option>
                {speaks.map((value) => (
                  <option key={value}>{value}</option>
                ))}
              </select>
              <PortCell
                label={fill(words.differsPort, { host: name })}
                value={over?.port}
                placeholder={String(dialledPort(over ? { speaks: now.speaks } : now) || '')}
                onCommit={(port) =>
                  port === undefined && !over?.speaks
                    ? clearCall(hop.id, other.id)
                    : setCall(hop.id, { speaks: now.speaks, ...(port !== undefined && { port }) }, other.id)
                }
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
