/** A mesh hop host by host: whether it comes this way at all, and which mode and port differ for it. */

import type { TlsMode } from '../../core/istio/tls-mode'
import { nodeOf, type WireHop } from '../../core/model/design'
import { modesOn } from '../../core/model/tls'
import { overrideWire, setCarried } from '../../store/actions/actions'
import { meaningOf } from '../../store/derived/meaning'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { PortCell } from './PortCell'

const meshModes = modesOn('mesh')

export function Differs({ hop }: { hop: WireHop }) {
  const words = useWords()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const outside = design.hops.filter((other): other is WireHop => other.from === hop.to && 'wire' in other)
  // One host alone cannot differ from itself.
  if (outside.length < 2 && Object.keys(hop.overrides).length === 0 && hop.except.length === 0) return null
  return (
    <div className="row stacked">
      <span className="label">{words.differs}</span>
      <ul className="differs">
        {outside.map((other) => {
          const host = nameOf(nodeOf(design, other.to)?.name ?? '?', other, outside)
          const over = hop.overrides[other.id]
          const carried = !hop.except.includes(other.id)
          return (
            <li key={other.id}>
              <label className="this-way">
                <input
                  type="checkbox"
                  checked={carried}
                  aria-label={fill(words.comesThisWay, { host })}
                  onChange={(event) => setCarried(hop.id, other.id, event.currentTarget.checked)}
                />
                <code title={host}>{host}</code>
              </label>
              <select
                className="input"
                aria-label={fill(words.differsMode, { host })}
                disabled={!carried}
                value={over?.tls ?? ''}
                onChange={(event) => {
                  const tls = event.currentTarget.value as TlsMode | ''
                  overrideWire(hop.id, other.id, changed(over, { tls: tls || undefined }))
                }}
              >
                <option value="">{words.asTheHop}</option>
                {meshModes.map((mode) => (
                  <option key={mode}>{mode}</option>
                ))}
              </select>
              <PortCell
                label={fill(words.differsPort, { host })}
                disabled={!carried}
                value={over?.port}
                placeholder={hop.wire.port ? String(hop.wire.port) : words.automatic}
                onCommit={(port) => overrideWire(hop.id, other.id, changed(over, { port }))}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Two hops may lead to one host: then the mode tells them apart. */
const nameOf = (host: string, hop: WireHop, all: readonly WireHop[]): string =>
  all.filter((other) => other.to === hop.to).length > 1 ? `${host} ${hop.wire.tls}` : host

/** What differs then; null once nothing does. */
function changed(
  over: { tls?: TlsMode; port?: number } | undefined,
  change: { tls?: TlsMode | undefined; port?: number | undefined },
): { tls?: TlsMode; port?: number } | null {
  const next = { ...over, ...change }
  return next.tls === undefined && next.port === undefined ? null : (next as { tls?: TlsMode; port?: number })
}
