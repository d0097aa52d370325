/** What everybody sees of the request: the app, the host, and each proxy in its access log. */
import { useState } from 'react'
import { accessLine } from '../../core/trace/access-log'
import type { Trace } from '../../core/trace/outcome'
import { titleOf } from '../../core/trace/ref'
import { copied } from '../../store/actions/deliver'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

export function TraceEnd({ trace }: { trace: Trace }) {
  const { strip: words } = useWords()
  if (trace.unknown) return null
  const { status, exit, server } = trace.outcome
  return (
    <div className="trace-end">
      <h3>{words.ends}</h3>
      <dl className="facts wide">
        <div>
          <dt>{words.appSees}</dt>
          <dd className={trace.failure ? 'err-text' : ''}>
            <b>{status > 0 ? `HTTP ${status}` : words.noAnswer}</b>
            {exit > 0 && `, ${fill(words.curlExit, { n: exit })}`}
          </dd>
        </div>
        <div>
          <dt>{words.serverSaw}</dt>
          <dd>{server ? serverWords(server, words.plaintext, words.port, words.clientCert) : words.serverNothing}</dd>
        </div>
      </dl>
      <h3>{words.logs}</h3>
      {trace.outcome.hops.length === 0 && <p className="quiet">{words.noLogs}</p>}
      <ul className="log-lines">
        {trace.outcome.hops.map((hop, index) => (
          <LogLine key={index} proxy={titleOf(hop.proxy)} line={accessLine(hop, trace.outcome.hops[index - 1] ?? null, trace.request)} />
        ))}
      </ul>
    </div>
  )
}

function serverWords(
  { port, tls, sni, clientCert }: NonNullable<Trace['outcome']['server']>,
  plain: string,
  portWord: string,
  certWord: string,
) {
  return [`${portWord} ${port}`, tls || plain, sni && `SNI ${sni}`, clientCert && `${certWord} ${clientCert}`].filter(Boolean).join(', ')
}

function LogLine({ proxy, line }: { proxy: string; line: string }) {
  const { strip: words } = useWords()
  const [done, setDone] = useState(false)
  return (
    <li>
      <span className="log-head">
        <b className="mono">{proxy}</b>
        <button
          type="button"
          className="b icon small"
          aria-label={`${words.copyLine}: ${proxy}`}
          onClick={async () => setDone(await copied(line))}
        >
          <Icon name={done ? 'check' : 'copy'} size="s" />
        </button>
      </span>
      {/* A long line scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0}>{line}</pre>
    </li>
  )
}
