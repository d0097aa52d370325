/** A file that may be a lesson. */
import { saying } from '../state/saying'
import { store } from '../state/store'

/** As many bytes as a link may hold, so that every lesson that is opened has one. */
const mostBytes = 500_000

/** Opens a file as a lesson, or tells what is wrong with it. */
export async function openLessonFile(file: File): Promise<void> {
  if (file.size > mostBytes) return refuse(file)
  const { openLessonText } = await import('./lesson-open')
  await openLessonText(await file.text(), file.name)
}

function refuse({ name }: File): void {
  const says = [saying('lessonTooLong')]
  store.setState({ lessonTrouble: { name, says }, panel: 'lessons' })
}

/** Whether a file says of itself that it is a lesson: it has the field `lesson`, and is no object of Kubernetes. */
export async function isLessonFile(file: File): Promise<boolean> {
  if (file.size > mostBytes) return false
  const text = await file.text()
  return /^(?:\uFEFF?[ \t]*\{[\s\S]{0,2000}?)?["']?lesson["']?\s*:\s*\d/m.test(text) && !/^["']?apiVersion["']?\s*:/m.test(text)
}
