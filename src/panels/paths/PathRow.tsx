/** One path: the sentence, what its app says, the mode of each hop, and what can be done with it. */
import type { TlsMode } from '../../core/istio/tls-mode'
import { type AppHop, type Design, isAppHop, namespaceOf, type Speaks } from '../../core/model/design'
import { setCall as called, fits } from '../../core/model/edit'
import type { Path } from '../../core/model/path'
import { withoutPath } from '../../core/model/path-edit'
import { pathSays } from '../../core/model/path-words'
import { tlsModes } from '../../core/model/tls'
import { edit, setCall, setTls } from '../../store/actions/actions'
import { askedAlong } from '../../store/actions/ask-path'
import { send } from '../../store/actions/asking'
import { camera } from '../../store/actions/camera'
import { openPanel, select } from '../../store/actions/view'
import { meaningOf } from '../../store/derived/meaning'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'

export function PathRow({ path }: { path: Path }) {
  const { listing: words } = useWords()
  const text = useText()
  const design = useDesigner((s) => meaningOf(designOf(s)))
  const { pod, gateway, host, mesh, outside } = path
  const app = design.hops.find((hop): hop is AppHop => isAppHop(hop) && hop.from === pod.id)
  const ends = `${pod.name} → ${host.name}`
  return (
    <li className="path" aria-label={ends}>
      <p>{text(pathSays(path))}</p>
      <div className="path-hops">
        <span>
          <Icon name="pod" size="s" /> <code>{`${namespaceOf(pod)}/${pod.name}`}</code>
        </span>
        {app && <Says app={app} of={path} label={fill(words.says, { path: ends })} design={design} />}
        {gateway && mesh && (
          <>
            <Mode hop={mesh.hop} mode={mesh.tls} label={fill(words.mode, { from: pod.name, to: gateway.name })} design={design} />
            <span>
              <Icon name="gateway" size="s" /> <code>{gateway.name}</code>
            </span>
          </>
        )}
        <Mode
          hop={outside.hop}
          mode={outside.tls}
          label={fill(words.mode, { from: gateway?.name ?? pod.name, to: host.name })}
          design={design}
        />
        <span>
          <Icon name="host" size="s" /> <code>{`${host.name}:${outside.port}`}</code>
        </span>
      </div>
      <Acts path={path} ends={ends} design={design} />
    </li>
  )
}

/** What cannot be chosen says why. */
function Mode({ hop, mode, label, design }: { hop: string; mode: TlsMode; label: string; design: Design }) {
  const text = useText()
  return (
    <select aria-label={label} value={mode} onChange={(event) => setTls(hop, event.currentTarget.value as TlsMode)}>
      {tlsModes.map((each) => {
        const fit = fits(design, hop, each)
        return (
          <option key={each} value={each} disabled={fit !== true && each !== mode}>
            {fit === true ? each : `${each}: ${text(fit)}`}
          </option>
        )
      })}
    </select>
  )
}

const protocols: readonly Speaks[] = ['HTTP', 'HTTPS', 'TCP']

/** Of this path: where the pod speaks otherwise to one host, that is changed alone. */
function Says({ app, of, label, design }: { app: AppHop; of: Path; label: string; design: Design }) {
  const text = useText()
  const forHop = of.outside.hop in app.overrides ? of.outside.hop : undefined
  const callOf = (speaks: Speaks) => ({ speaks, ...(speaks === 'TCP' && of.dialled > 0 && { port: of.dialled }) })
  return (
    <select aria-label={label} value={of.speaks} onChange={(event) => setCall(app.id, callOf(event.currentTarget.value as Speaks), forHop)}>
      {protocols.map((each) => {
        const result = each === of.speaks ? null : called(design, app.id, callOf(each), forHop)
        const why = result && 'refused' in result ? result.refused : null
        return (
          <option key={each} value={each} disabled={why !== null}>
            {why ? `${each}: ${text(why)}` : each}
          </option>
        )
      })}
    </select>
  )
}

function Acts({ path, ends, design }: { path: Path; ends: string; design: Design }) {
  const { listing: words } = useWords()
  const asked = askedAlong(design, path.outside.hop)
  const rest = withoutPath(design, path)
  const show = () => {
    openPanel(null)
    select(path.hops)
    camera().show(path.host.id)
  }
  return (
    <div className="path-acts">
      <Act icon="target" word={words.show} of={ends} run={show} />
      {asked && (
        <Act
          icon="send"
          word={words.send}
          of={ends}
          run={() => {
            openPanel(null)
            send({ ...asked, from: `${namespaceOf(path.pod)}/${path.pod.name}` })
          }}
        />
      )}
      {rest && <Act icon="trash" word={words.remove} of={ends} run={() => edit('remove', (now) => withoutPath(now, path) ?? now)} />}
    </div>
  )
}

const Act = ({ icon, word, of, run }: { icon: IconName; word: string; of: string; run(): void }) => (
  <button type="button" className="b small" aria-label={`${word}: ${of}`} onClick={run}>
    <Icon name={icon} size="s" />
    {word}
  </button>
)
