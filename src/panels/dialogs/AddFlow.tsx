/** A box for flows as people type them. Nothing is drawn while a line is wrong. */
import { useId, useState } from 'react'
import { edit, editing } from '../../store/actions/actions'
import { showMade } from '../../store/actions/made'
import { dismissHint } from '../../store/actions/view'
import { designOf, store } from '../../store/state/store'
import { readFlows, type Written } from '../../store/text/notation'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import './add-flow.css'

const example = 'sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE'

export default function AddFlow({ onClose }: { onClose(): void }) {
  const words = useWords()
  const text = useText()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [findings, setFindings] = useState<Written['findings']>([])
  const [trouble, setTrouble] = useState('')
  const draw = async () => {
    if (typed.trim() === '') return setTrouble(words.addFlowEmpty)
    try {
      const result = await readFlows(typed, designOf(store.getState()))
      setFindings(result.findings)
      setTrouble('')
      if (result.findings.length > 0) return
      const before = designOf(store.getState())
      edit('flow', () => result.design)
      dismissHint()
      onClose()
      void editing.then(() => showMade(before))
    } catch (error) {
      setTrouble(`${words.addFlowMissing} ${error instanceof Error ? error.message : ''}`)
    }
  }
  return (
    <Sheet
      title={words.addFlow}
      close={words.close}
      onClose={onClose}
      width={720}
      footer={
        <>
          <span className="quiet">{words.addFlowKeys}</span>
          <span className="grow" />
          <button type="button" className="b fill" onClick={() => void draw()}>
            {words.addFlowGo}
          </button>
        </>
      }
    >
      <p className="flow-how" id={`${id}-how`}>
        {words.addFlowHow} <code>{example}</code>
      </p>
      <textarea
        className="input flow-lines"
        rows={6}
        aria-label={words.addFlowLines}
        aria-describedby={`${id}-how ${id}-says`}
        aria-invalid={findings.length > 0 || trouble !== ''}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setTrouble('')
          setFindings([])
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || (!event.ctrlKey && !event.metaKey)) return
          event.preventDefault()
          void draw()
        }}
      />
      <ul className="flow-findings" id={`${id}-says`} role="alert">
        {trouble && (
          <li>
            <Icon name="error" size="s" /> {trouble}
          </li>
        )}
        {findings.map((finding, index) => (
          <li key={`${finding.line} ${index}`}>
            <Icon name="error" size="s" />
            <b>{fill(words.addFlowLine, { line: finding.line })}</b>{' '}
            {!text(finding.says).includes(finding.word) && <code>{finding.word}</code>} {text(finding.says)}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
