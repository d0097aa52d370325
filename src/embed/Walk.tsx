/** A request hop by hop: what each proxy decided, what is on the wire behind it, and what the access logs say. */
import { useMemo } from 'react'
import type { Text } from '../core/base/text'
import { accessLine } from '../core/trace/access-log'
import type { Layer, Trace, TraceStep } from '../core/trace/outcome'
import { fullName, titleOf } from '../core/trace/ref'
import { type FirstIcon, Icon } from '../ui/first-icons'
import { marked } from '../ui/marked'
import type { ViewProps } from './shown'
import { tracedIn } from './traced'

export default function Walk({ work, along, asked: { lang }, words }: ViewProps) {
  const trace = useMemo(() => tracedIn({ work, along }, lang), [work, along, lang])
  if (!trace) return <p className="embed-none">{words.nothing}</p>
  const say = (text: Text) => marked(text[lang])
  const died = trace.steps.findIndex(({ ok }) => !ok)
  return (
    <div className="embed-walk" tabIndex={0} role="region" aria-label={words.views.trace}>
      <p className="mono">
        {trace.request.from} $ curl {[...trace.request.curl, trace.request.url].join(' ')}
      </p>
      <p className={`embed-end ${trace.unknown ? 'warn' : trace.failure ? 'err' : 'ok'}`}>
        <Icon name={trace.unknown ? 'warn' : trace.failure ? 'error' : 'right'} size="s" />
        <span>
          {trace.unknown ? (
            <>
              {say(trace.unknown)} {words.unknown}
            </>
          ) : (
            say(trace.says)
          )}
        </span>
      </p>
      <ol aria-label={words.steps}>
        {trace.steps.map((step, index) => (
          <li key={index} className={index === died ? 'err' : undefined}>
            <Icon name={step.at.kind as FirstIcon} />
            <div>
              <b title={fullName(step.at)}>
                {words.kinds[step.at.kind]} <code>{step.at.name}</code>
              </b>
              <p>{say(step.says)}</p>
              <Wire step={step} />
            </div>
          </li>
        ))}
      </ol>
      {!trace.unknown && trace.outcome.hops.length > 0 && <Logs trace={trace} title={words.logs} />}
    </div>
  )
}

/** `mTLS [TLS [HTTP]]`, the outermost layer outside. */
const layersOf = ([outer, ...inner]: readonly Layer[]): string =>
  outer ? (inner.length > 0 ? `${outer.is} [${layersOf(inner)}]` : outer.is) : ''

function Wire({ step: { wire, to } }: { step: TraceStep }) {
  if (wire.length === 0) return null
  return (
    <code className="embed-wire">
      {layersOf(wire)}
      {to && ` → ${to.host}:${to.port}`}
    </code>
  )
}

function Logs({ trace: { outcome, request }, title }: { trace: Trace; title: string }) {
  return (
    <>
      <h2>{title}</h2>
      {outcome.hops.map((hop, index) => (
        <figure key={index}>
          <figcaption className="mono">{titleOf(hop.proxy)}</figcaption>
          <pre tabIndex={0}>{accessLine(hop, outcome.hops[index - 1] ?? null, request)}</pre>
        </figure>
      ))}
    </>
  )
}
