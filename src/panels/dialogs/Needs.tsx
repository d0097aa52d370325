/** What has to exist before the YAML is applied, and no YAML can bring along: commands, each with its own copy button. */
import { useState } from 'react'
import { copied } from '../../store/actions/deliver'
import { needsOf } from '../../store/derived/written'
import { useDesigner } from '../../store/state/use'
import { useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import './needs.css'

export default function Needs({ onClose }: { onClose(): void }) {
  const say = useText()
  const { needing: words, close } = useWords()
  const needs = useDesigner(needsOf)
  return (
    <Sheet title={words.title} close={close} onClose={onClose} width={720}>
      <p className="needs-story">{needs.length === 0 ? words.nothing : words.story}</p>
      <ol className="needs">
        {needs.map((need) => (
          <li key={need.run}>
            <p>{say(need.says)}</p>
            <Command run={need.run} />
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

function Command({ run }: { run: string }) {
  const { needing: words } = useWords()
  const [state, setState] = useState<'ready' | 'done' | 'refused'>('ready')
  const word = { ready: words.copy, done: words.done, refused: words.refused }[state]
  return (
    <div className="needs-command">
      {/* A long command scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0}>{run}</pre>
      <button type="button" className="b line small" onClick={async () => setState((await copied(run)) ? 'done' : 'refused')}>
        <Icon name={state === 'done' ? 'check' : 'copy'} size="s" />
        <span aria-live="polite">{word}</span>
      </button>
    </div>
  )
}
