/** What is sent: from which pod, to which URL. */

import { type FormEvent, useId, useState } from 'react'
import { memoLast } from '../../core/base/memo'
import type { Design } from '../../core/model/design'
import { firstAsked } from '../../store/actions/ask-path'
import { send, setRequest } from '../../store/actions/asking'
import { surroundingsNow } from '../../store/derived/understand'
import { type Asked, designOf, type State } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

const nobody: Asked = { from: '', url: '' }

/** The fields as they are: what was typed, or the first road of the picture. */
function fieldsOf(state: State): Asked {
  return state.request ?? firstOf(designOf(state)) ?? nobody
}

const firstOf = memoLast((design: Design) => firstAsked(design))

export function TraceForm() {
  const { strip: words } = useWords()
  const id = useId()
  const fields = useDesigner(fieldsOf)
  const around = useDesigner(surroundingsNow)
  const [wrong, setWrong] = useState(false)
  const pods = around.pods.map(({ namespace, name }) => `${namespace}/${name}`)
  const from = pods.includes(fields.from) ? fields.from : (pods[0] ?? '')
  const go = (event: FormEvent) => {
    event.preventDefault()
    const url = fields.url.trim()
    if (!/^https?:\/\/[^/\s]+/.test(url)) return setWrong(true)
    send({ ...fields, from, url })
  }
  return (
    <form className="trace-form" onSubmit={go}>
      <label className="quiet" htmlFor={`${id}-from`}>
        {words.from}
      </label>
      <span className="chosen">
        <select
          id={`${id}-from`}
          className="input"
          value={from}
          onChange={(event) => setRequest({ ...fields, from: event.currentTarget.value })}
        >
          {pods.length === 0 && <option value="">{words.noPods}</option>}
          {pods.map((pod) => (
            <option key={pod}>{pod}</option>
          ))}
        </select>
        <Icon name="down" size="s" />
      </span>
      <label className="quiet" htmlFor={`${id}-url`}>
        {words.url}
      </label>
      <input
        id={`${id}-url`}
        className="input trace-url"
        type="text"
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        placeholder="http://edition.cnn.com/politics"
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        value={fields.url}
        onChange={(event) => {
          setWrong(false)
          setRequest({ ...fields, from, url: event.currentTarget.value })
        }}
      />
      <button type="submit" className="b line" disabled={from === ''}>
        <Icon name="send" size="s" />
        {words.send}
      </button>
      <span id={`${id}-wrong`} className="err-text trace-wrong" role="alert">
        {wrong && words.needUrl}
      </span>
    </form>
  )
}
