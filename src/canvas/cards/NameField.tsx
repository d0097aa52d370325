/** The name of a node, edited on its card: Enter takes it, Escape leaves it as it was. Of what runs in a namespace `namespace/name` is a name too. */
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Node } from '../../core/model/design'
import { identityOf } from '../../core/model/identity'
import { setIdentity } from '../../store/actions/actions'
import { camera } from '../../store/actions/camera'
import { isKey } from '../../store/actions/key-names'
import { type ActionId, actionOf, perform } from '../../store/actions/registry'
import { rename, select } from '../../store/actions/view'
import { fill, nodeLabel, useText, useWords } from '../../store/words/words'

/** Ctrl and an arrow go from word to word too: where there are words left, they do. */
function isAtEnd({ selectionStart, selectionEnd, value }: HTMLInputElement, grows: ActionId): boolean {
  const whole = selectionStart === 0 && selectionEnd === value.length
  return grows === 'another' || whole || (grows === 'connect' && selectionStart === value.length)
}

/** They take the name over first, then they are done to the node. */
const growing: readonly ActionId[] = ['connect', 'another', 'back']

export function NameField({ node }: { node: Node }) {
  const { commands: words, ...shell } = useWords()
  const text = useText()
  const id = useId()
  const ref = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(node.name)
  const result = identityOf(node, typed)
  const wrong = 'wrong' in result && typed !== node.name ? result.wrong : null
  useLayoutEffect(() => {
    ref.current?.focus({ preventScroll: true })
    ref.current?.select()
    camera().show(node.id)
  }, [node.id])
  /** Whether the name could be taken. */
  const take = (): boolean => {
    if (typed === node.name) return true
    if ('wrong' in result) return false
    setIdentity(node.id, result.is)
    return true
  }
  const leave = () => {
    rename(null)
    camera().focus(node.id)
  }
  const keys = (event: KeyboardEvent) => {
    const key = event.nativeEvent
    if (key.isComposing) return
    const grows = growing.find((action) => actionOf(action).keys.some((each) => isKey(key, each)))
    if (event.key === 'Escape') leave()
    else if (event.key === 'Tab') {
      // The focus goes on from the card, and the name is taken when it does.
      if (take()) return
    } else if (event.key === 'Enter') {
      if (take()) leave()
    } else if (grows && isAtEnd(event.currentTarget as HTMLInputElement, grows) && take()) {
      rename(null)
      select([node.id])
      perform(grows)
    } else if (isKey(key, 'Mod+Z') && typed === node.name) {
      // Nothing was typed: what is taken back is the step before.
      leave()
      perform('undo')
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span className="name-field nodrag nopan nokey">
      <input
        ref={ref}
        className="input"
        value={typed}
        size={Math.max(8, typed.length)}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-label={fill(words.nameOf, { name: nodeLabel(shell, node) })}
        aria-invalid={wrong !== null}
        aria-describedby={wrong ? id : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={keys}
        onBlur={() => {
          take()
          rename(null)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      />
      {wrong && (
        <span className="name-wrong" id={id} role="alert">
          {text(wrong.says)}
        </span>
      )}
    </span>
  )
}
