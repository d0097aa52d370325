/** The YAML with numbers and colours, without an editor: it is there to be read and copied. */
import { useMemo } from 'react'
import { type ViewProps, yamlOf } from './shown'

/** More lines than these come without colours. */
const most = 5000

export function Lines({ work, asked: { lang }, words }: ViewProps) {
  const lines = useMemo(() => yamlOf(work, lang).replace(/\n$/, '').split('\n'), [work, lang])
  return (
    <pre className="embed-yaml" tabIndex={0} role="region" aria-label={words.views.yaml}>
      {lines.length > most ? lines.join('\n') : lines.map((line, index) => <Line key={index} line={line} />)}
    </pre>
  )
}

/** Key and value of a line; the value may be missing. */
const keyed = /^( *(?:- )*)([^\s:#'"]+:)( .*|)$/

function Line({ line }: { line: string }) {
  if (/^ *#/.test(line))
    return (
      <code className="embed-comment">
        {line}
        {'\n'}
      </code>
    )
  const [, indent = '', key, value = ''] = keyed.exec(line) ?? []
  return (
    <code>
      {key === undefined ? (
        line
      ) : (
        <>
          {indent}
          <span className="embed-key">{key}</span>
          {value}
        </>
      )}
      {'\n'}
    </code>
  )
}
