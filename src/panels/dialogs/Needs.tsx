/** What has to exist before the YAML is applied, and no YAML can bring along: commands, each with its own copy button. */
import '../../store/words/later-words'
import { useState } from 'react'
import { both } from '../../core/base/text'
import { copied } from '../../store/actions/deliver'
import { needsOf } from '../../store/derived/written'
import { useDesigner } from '../../store/state/use'
import { useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import './needs.css'

const title = both('Before you apply', '应用之前')
const story = both(
  'These commands make what the YAML names and no YAML should hold: Secrets, certificates, mounts. Keys stay on your machine.',
  '这些命令用于创建 YAML 所引用、但不应写入 YAML 的内容：Secret、证书、挂载。密钥始终留在你的机器上。',
)
const nothing = both('This design needs nothing beside its YAML.', '除 YAML 之外，此设计不需要其他内容。')
const copy = both('Copy', '复制')
const done = both('Copied', '已复制')
const refused = both('Select and copy by hand', '请手动选择并复制')

export default function Needs({ onClose }: { onClose(): void }) {
  const words = useWords()
  const say = useText()
  const needs = useDesigner(needsOf)
  return (
    <Sheet title={say(title)} close={words.close} onClose={onClose} width={720}>
      <p className="needs-story">{say(needs.length === 0 ? nothing : story)}</p>
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
  const say = useText()
  const [state, setState] = useState<'ready' | 'done' | 'refused'>('ready')
  const word = { ready: copy, done, refused }[state]
  return (
    <div className="needs-command">
      {/* A long command scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0}>{run}</pre>
      <button type="button" className="b line small" onClick={async () => setState((await copied(run)) ? 'done' : 'refused')}>
        <Icon name={state === 'done' ? 'check' : 'copy'} size="s" />
        <span aria-live="polite">{say(word)}</span>
      </button>
    </div>
  )
}
