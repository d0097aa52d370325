/** The Trace: choose a client, type a URL, and the request walks hop by hop; at the end is what everybody sees of it. */
import type { Trace as Walked } from '../../core/trace/outcome'
import { fixOfTrace } from '../../store/actions/trace-fix'
import { traceOf } from '../../store/derived/understand'
import { useDesigner } from '../../store/state/use'
import { fill, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { FixButton } from '../problems/FixButton'
import { Said } from '../Said'
import { usePlay } from './play'
import { TraceEnd } from './TraceEnd'
import { TraceForm } from './TraceForm'
import { TraceSteps } from './TraceSteps'
import './trace.css'

export function Trace() {
  const { strip: words } = useWords()
  const trace = useDesigner(traceOf)
  const sent = useDesigner((s) => s.sent)
  const play = usePlay(trace)
  return (
    <section className="trace" aria-label={words.trace}>
      <div className="trace-bar">
        <TraceForm />
        {trace && <Player trace={trace} play={play} />}
        {trace && <Outcome trace={trace} />}
      </div>
      {!trace && <p className="trace-none">{sent ? words.unreadable : words.sendHow}</p>}
      {trace && (
        <div className="trace-walk">
          <TraceSteps trace={trace} onChoose={play.show} />
          <TraceEnd trace={trace} />
        </div>
      )}
    </section>
  )
}

/** One line: whether it arrives, why not, and what mends it. Read out when it changes. */
function Outcome({ trace }: { trace: Walked }) {
  const { strip: words } = useWords()
  const fix = useDesigner(fixOfTrace)
  const level = trace.unknown ? 'warning' : trace.failure ? 'error' : 'ok'
  const icon = { ok: 'check', error: 'error', warning: 'warn' }[level] as 'check' | 'error' | 'warn'
  return (
    <div className={`outcome ${level}`}>
      <p aria-live="polite">
        <Icon name={icon} />
        <span>
          <Said text={trace.unknown ?? trace.says} />
        </span>
        {trace.unknown && <span className="quiet">{words.unknownSays}</span>}
      </p>
      {fix && (
        <span className="mend">
          <span className="quiet">
            <Said text={fix.says} />
          </span>
          <FixButton fix={fix} />
        </span>
      )}
    </div>
  )
}

function Player({ trace, play }: { trace: Walked; play: ReturnType<typeof usePlay> }) {
  const { strip: words } = useWords()
  const step = useDesigner((s) => s.step)
  const all = trace.steps.length
  return (
    <div className="player">
      <button
        type="button"
        className="b icon"
        aria-label={words.previousStep}
        title={words.previousStep}
        disabled={step === 0}
        onClick={() => play.show(step - 1)}
      >
        <Icon name="right" className="left" />
      </button>
      <button
        type="button"
        className="b icon"
        aria-label={play.plays ? words.pause : words.play}
        title={play.plays ? words.pause : words.play}
        onClick={play.toggle}
      >
        <Icon name={play.plays ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        className="b icon"
        aria-label={words.nextStep}
        title={words.nextStep}
        disabled={step >= all - 1}
        onClick={() => play.show(step + 1)}
      >
        <Icon name="right" />
      </button>
      <span className="player-at">{fill(words.stepOf, { n: Math.min(step, all - 1) + 1, all })}</span>
    </div>
  )
}
