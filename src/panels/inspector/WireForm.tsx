/** A hop on the wire: its mode, the modes that are refused with the way out, its port, the fields of its mode, and who comes along it. */

import { both } from '../../core/base/text'
import { nodeOf, type TlsFields, type WireHop } from '../../core/model/design'
import { fits, legOfHop } from '../../core/model/edit'
import { checkPort, type Field } from '../../core/model/field'
import { sendingFor } from '../../core/model/offers'
import { arrivalPort, type Path, pathsOf } from '../../core/model/path'
import { tlsKinds, tlsModes } from '../../core/model/tls'
import { edit, setWire } from '../../store/actions/actions'
import { pick } from '../../store/actions/view'
import { meaningOf } from '../../store/derived/meaning'
import { planOf } from '../../store/derived/select'
import { drawingOf } from '../../store/derived/understand'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { fill, hopEnds, useText, useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
import { styleOf } from '../../ui/Wire'
import { Differs } from './Differs'
import { FieldRow } from './FieldRow'
import { Head, Rest, SendTool, Tools, useFindings } from './FormParts'

export const portField = (help: Field['help']): Field => ({
  id: 'port',
  title: both('Port', '端口'),
  type: 'number',
  help,
  check: checkPort,
})

export function WireForm({ hop }: { hop: WireHop }) {
  const words = useWords()
  const text = useText()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const plan = useDesigner(planOf)
  const leg = legOfHop(design, hop)
  const kind = tlsKinds[hop.wire.tls]
  const fields = leg === 'outside' ? kind.fields : []
  const findings = useFindings(hop.id, ['port', ...fields.map((field) => field.id)])
  const along = pathsOf(design).filter((path) => path.hops.includes(hop.id))
  const chosen =
    leg === 'mesh'
      ? [...new Set(plan.lanes.filter((lane) => lane.paths.some((path) => path.mesh?.hop === hop.id)).map((lane) => lane.port))].filter(
          Boolean,
        )
      : []
  const arrival = String(along[0]?.outside.port ?? arrivalPort(hop.wire, 80))
  const to = nodeOf(design, hop.to)
  return (
    <>
      <Head title={words.hop} more={hopEnds(words, design, hop)}>
        <SendTool id={hop.id} />
        <Tools hop={hop.id} />
      </Head>
      <p className="sentence">{leg ? text(kind.says) : words.orphanHop}</p>
      <Rest findings={findings.rest} />
      <div className="fields">
        <div className="row">
          <span className="label">{words.mode}</span>
          <div className="cell">
            <span className={`mode-now ${styleOf(hop.wire.tls)}`}>
              <Icon name={styleOf(hop.wire.tls) as IconName} />
              <b>{hop.wire.tls}</b>
              <span className="quiet">{text(kind.title)}</span>
              <span className="grow" />
              <button type="button" className="b line small" onClick={() => pick(hop.id)}>
                {words.change}
              </button>
            </span>
          </div>
        </div>
        <Apart hop={hop} />
        {leg && <WaysOut hop={hop} along={along} />}
        <FieldRow
          field={portField(both('', ''))}
          value={hop.wire.port}
          findings={findings.on('port')}
          placeholder={
            leg === 'mesh' ? (chosen.length > 0 ? fill(words.portChosen, { port: chosen.join(', ') }) : words.automatic) : arrival
          }
          help={
            leg === 'mesh'
              ? words.portMeshHelp
              : fill(words.portOutsideHelp, { port: String(arrivalPort({ tls: hop.wire.tls }, along[0]?.dialled ?? 80)) })
          }
          onCommit={(value, step) => setWire(hop.id, { port: value as number | undefined } as { port?: number }, `${hop.id} port ${step}`)}
        />
        {fields.map((field) => (
          <FieldRow
            key={field.id}
            field={field}
            value={hop.wire.fields[field.id as keyof TlsFields]}
            findings={findings.on(field.id)}
            placeholder={field.id === 'sni' || field.id === 'subjectAltNames' ? to?.name : field.placeholder}
            onCommit={(value, step) => setWire(hop.id, { fields: { [field.id]: value } }, step ? `${hop.id} ${field.id} ${step}` : null)}
          />
        ))}
        {leg === 'mesh' && <Differs hop={hop} />}
        {leg === 'outside' && <PodsAlong along={along} />}
      </div>
    </>
  )
}

/** What a person's text says of both ends of the hop, where they do not agree: the hop is drawn as its client says. */
function Apart({ hop }: { hop: WireHop }) {
  const words = useWords()
  const apart = useDesigner((s) => drawingOf(s).disagreements.get(hop.id))
  if (!apart) return null
  return (
    <div className="row">
      <span className="label">{words.apart}</span>
      <ul className="cell ways">
        {apart.map(({ host, dialled, client, server }) => (
          <li key={`${host}:${dialled}`}>
            {fill(words.apartFor, { host: `${host}:${dialled}`, client, server: server ?? words.apartPlain })}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Modes that this leg could have but for what the apps say: each with its reason and a button that changes what they say; one step of the history. */
function WaysOut({ hop, along }: { hop: WireHop; along: readonly Path[] }) {
  const words = useWords()
  const count = useCount()
  const text = useText()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const leg = legOfHop(design, hop)
  const pods = [...new Set(along.map((path) => path.pod.id))]
  if (!leg) return null
  const refused = tlsModes.flatMap((mode) => {
    const why = fits(design, hop.id, mode)
    const speaks = (['HTTP', 'HTTPS'] as const).find((said) => tlsKinds[mode].fits(leg, said) === true)
    return why === true || !speaks ? [] : [{ mode, why, speaks, can: sendingFor(design, hop.id, speaks, mode) !== null }]
  })
  if (refused.length === 0) return null
  return (
    <div className="row">
      <span className="label">{words.whyNot}</span>
      <ul className="cell ways">
        {refused.map(({ mode, why, speaks, can }) => (
          <li key={mode} className={styleOf(mode)}>
            <b>{mode}</b>
            <span>{text(why)}</span>
            {can && (
              <button
                type="button"
                className="b line small"
                aria-label={`${count(words.sayInstead, pods.length, { says: speaks })}: ${mode}`}
                onClick={() => edit('call', (now) => sendingFor(now, hop.id, speaks, mode) ?? now)}
              >
                <Icon name="bulb" size="s" />
                {count(words.sayInstead, pods.length, { says: speaks })}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function PodsAlong({ along }: { along: readonly Path[] }) {
  const words = useWords()
  return (
    <div className="row">
      <span className="label">{words.podsAlong}</span>
      <ul className="cell chips">
        {along.map((path) => (
          <li key={path.id} className="says">
            {path.pod.namespace ?? 'default'}/{path.pod.name} {path.speaks} :{path.dialled}
          </li>
        ))}
        {along.length === 0 && <li className="quiet">{words.noPodsAlong}</li>}
      </ul>
    </div>
  )
}
