/** Files that are dragged over the page: dropped anywhere, they are imported; a lesson is opened, an archive is taken in. */
import { useEffect, useState } from 'react'
import { say as announce } from '../../store/actions/actions'
import { openPanel } from '../../store/actions/view'
import { isArchive } from '../../store/documents/archive-file'
import { bring } from '../../store/documents/bring'
import { isLessonFile, openLessonFile } from '../../store/lesson/lesson-file'
import { Refused } from '../../store/state/saying'
import { importText } from '../../store/text/drafting'
import { useWords } from '../../store/words/words'
import './import.css'

/** What cannot be read at all, a file of a hundred megabytes for example. */
function tell(error: unknown): void {
  openPanel(null)
  announce(error instanceof Refused ? error.says : String(error))
}

/** An archive is taken in, a lesson is opened as one, anything else is imported. */
async function taken(files: File[]): Promise<void> {
  const [first] = files
  if (files.length === 1 && first && (await isArchive(first))) return bring(first)
  if (files.length === 1 && first && (await isLessonFile(first))) return openLessonFile(first)
  openPanel('import')
  await importText(files)
}

export default function Dropping() {
  const words = useWords()
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
      void taken(dropped).catch(tell)
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
  return over ? <div className="dropping">{words.dropToImport}</div> : null
}
