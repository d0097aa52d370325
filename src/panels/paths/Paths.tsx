/** Every path as a line that says it and changes it: what the canvas shows, for a narrow page and for whoever cannot use a drawing. */
import { useState } from 'react'
import { type Path, pathsOf } from '../../core/model/path'
import { openPanel } from '../../store/actions/view'
import { meaningOf } from '../../store/derived/meaning'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useCount } from '../../store/words/numbers'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { PathRow } from './PathRow'
import './paths.css'

/** More rows than anybody reads at once are counted. */
const most = 100

export default function Paths({ onClose }: { onClose(): void }) {
  const shell = useWords()
  const { listing: words } = shell
  const counted = useCount()
  const paths = useDesigner((s) => pathsOf(meaningOf(designOf(s))))
  const [query, setQuery] = useState('')
  const found = paths.filter((path) => isFound(path, query))
  const addFlow = (
    <button type="button" className="b line" onClick={() => openPanel('addFlow')}>
      <Icon name="plus" size="s" />
      {shell.actions.addFlow}
    </button>
  )
  return (
    <Sheet title={words.title} close={shell.close} onClose={onClose} width={820} footer={addFlow}>
      <input
        type="search"
        className="input paths-search"
        aria-label={words.search}
        placeholder={words.search}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <p role="status" className="quiet">
        {found.length === 0 ? (paths.length === 0 ? words.none : words.notFound) : counted(words.count, found.length)}
      </p>
      <ol className="paths">
        {found.slice(0, most).map((path) => (
          <PathRow key={path.id} path={path} />
        ))}
      </ol>
      {found.length > most && <p className="quiet">{counted(words.more, found.length - most)}</p>}
    </Sheet>
  )
}

/** Each word of the query is in a name, a namespace or a mode of the path. */
function isFound({ pod, gateway, host, speaks, mesh, outside }: Path, query: string): boolean {
  const said = [pod.namespace, pod.name, gateway?.name, host.name, speaks, mesh?.tls, outside.tls].join(' ').toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}
