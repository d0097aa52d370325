/** Files that are dragged over the page: dropped anywhere, they are imported. */
import { useEffect, useState } from 'react'
import { both } from '../core/text'
import { openPanel } from '../store/actions'
import { importText } from '../store/drafting'
import { useText } from '../store/words'
import './import.css'

const word = both('Drop to import', '松开以导入')

export default function Dropping() {
  const say = useText()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const files = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const drag = (event: DragEvent) => {
      if (!files(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      if (!files(event)) return
      event.preventDefault()
      const dropped = [...(event.dataTransfer?.files ?? [])]
      if (dropped.length === 0) return
      openPanel('import')
      importText(dropped).catch(reportError)
    }
    const listeners = [
      ['dragover', drag],
      ['dragleave', leave],
      ['drop', drop],
    ] as const
    // Monaco takes drops for itself: the page is asked first.
    for (const [name, run] of listeners) window.addEventListener(name, run, true)
    return () => {
      for (const [name, run] of listeners) window.removeEventListener(name, run, true)
    }
  }, [])
  return over ? <div className="dropping">{say(word)}</div> : null
}
