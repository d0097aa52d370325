/** Under the canvas of presenter mode: what is on the wire, how the request ends, and the lines that decide it, large enough for the last row. */
import { memoLast } from '../../core/base/memo'
import type { Trace } from '../../core/trace/outcome'
import { locate, type Parsed } from '../../core/yaml/parse'
import { lineIn } from '../../store/derived/line-starts'
import { parsedOf, textOf } from '../../store/derived/understand'
import type { State } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import { Icon as AnyIcon } from '../../ui/icons'
import { Said } from '../Said'
import { Layers } from '../trace/Layers'
import { roadOf } from './road'
import './presented.css'

/** `trace`: the walk that is shown; null where no request is spoken of. */
export default function Presented({ trace }: { trace: Trace | null }) {
  const { presenting: words } = useWords()
  return (
    <div className="presented">
      <section aria-label={words.wire}>
        <h2>{words.wire}</h2>
        {trace ? <Road trace={trace} /> : <p className="quiet">{words.nothing}</p>}
      </section>
      <section aria-label={words.lines}>
        <h2>{words.lines}</h2>
        {trace && <Lines trace={trace} />}
      </section>
    </div>
  )
}

function Road({ trace }: { trace: Trace }) {
  const { strip } = useWords()
  const bad = trace.failure !== null || trace.unknown !== null
  return (
    <>
      <p className="quiet mono asked">{trace.request.url}</p>
      <ol className="road">
        {roadOf(trace).map(({ kind, name, wire, dead }, index) => (
          <li key={`${kind} ${index}`}>
            <span className={`stop${dead ? ' dead' : ''}`}>
              <Icon name={kind as FirstIcon} />
              {kind === 'sidecar' ? strip.sidecar : name}
              {dead && (
                <>
                  <AnyIcon name="error" size="s" />
                  <span className="unseen">{strip.dies}</span>
                </>
              )}
            </span>
            {wire && wire.length > 0 && <Layers wire={wire} />}
          </li>
        ))}
      </ol>
      <p className={`answer ${bad ? 'bad' : 'ok'}`}>
        <AnyIcon name={bad ? 'warn' : 'check'} />
        <span>
          <Said text={trace.unknown ?? trace.says} />
        </span>
      </p>
    </>
  )
}

interface Excerpt {
  kind: string
  name: string
  /** The number of the first line. */
  from: number
  lines: readonly string[]
  /** Which lines decide. */
  first: number
  last: number
}

/** Lines of the excerpt, and how many of them may be before those that decide. */
const [most, before] = [9, 3]

/** The part of the text that decided the step that is shown: the one that failed, else the last that anything decided. */
const excerptOf = memoLast((text: string, parsed: Parsed, { steps }: Trace, shown: number): Excerpt | null => {
  const chosen = steps[shown]
  const step = steps.find(({ ok }) => !ok) ?? (chosen?.because ? chosen : steps.findLast(({ because }) => because !== null))
  const because = step?.because ?? steps.findLast((each) => each.because !== null)?.because
  const span = because && locate(parsed, because)
  if (!because || !span) return null
  const [first, last] = [lineIn(text, span.from), lineIn(text, Math.max(span.from, span.to - 1))]
  const lines = text.split('\n')
  const from = Math.max(1, first - before)
  const until = Math.min(last, from + most - 1)
  const begin = startOf(lines, from, first)
  return { kind: because.of.kind, name: because.of.name, from: begin, lines: lines.slice(begin - 1, until), first, last }
})

/** Not before the object itself begins. */
function startOf(lines: readonly string[], from: number, first: number): number {
  for (let line = first; line > from; line--) if (lines[line - 2]?.startsWith('---')) return line
  return from
}

/** The same object while nothing that it is made of has changed. */
const excerpt = (state: State, trace: Trace): Excerpt | null => excerptOf(textOf(state), parsedOf(state), trace, state.step)

function Lines({ trace }: { trace: Trace }) {
  const shown = useDesigner((state) => excerpt(state, trace))
  if (!shown) return null
  const { kind, name, from, lines, first, last } = shown
  return (
    <>
      <p className="quiet mono">{`${kind} ${name}`}</p>
      {/* Long lines scroll, so keys must reach it. */}
      <pre className="deciding" tabIndex={0}>
        {lines.map((line, index) => {
          const number = from + index
          return (
            <span key={number} className={`ln${number >= first && number <= last ? ' on' : ''}`} data-n={number}>
              <Coloured line={line} />
              {'\n'}
            </span>
          )
        })}
      </pre>
    </>
  )
}

/** `key: value` in the colours of the editor. */
function Coloured({ line }: { line: string }) {
  const [, lead = '', key, rest = ''] = /^(\s*(?:- )*)([\w./-]+)(:(?: .*)?)$/.exec(line) ?? []
  if (key === undefined) return line
  return (
    <>
      {lead}
      <span className="k">{key}</span>
      {rest}
    </>
  )
}
