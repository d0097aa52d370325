/** A file that may be a lesson. */
import { both } from '../core/text'
import { store } from './store'

/** A lesson has at most so many characters, each of at most three bytes. */
const mostBytes = 1_500_000

/** Opens a file as a lesson, or tells what is wrong with it. */
export async function openLessonFile(file: File): Promise<void> {
  if (file.size > mostBytes) return refuse(file)
  const { openLessonText } = await import('./lesson-open')
  await openLessonText(await file.text(), file.name)
}

function refuse({ name }: File): void {
  const says = [both('A lesson has at most 500,000 characters.', '一门课程最多 500,000 个字符。')]
  store.setState({ lessonTrouble: { name, says }, panel: 'lessons' })
}

/** Whether a file says of itself that it is a lesson: it has the field `lesson`, and is no object of Kubernetes. */
export async function isLessonFile(file: File): Promise<boolean> {
  if (file.size > mostBytes) return false
  const text = await file.text()
  return /^(?:\uFEFF?\s*\{[\s\S]{0,2000}?)?["']?lesson["']?\s*:\s*\d/m.test(text) && !/^["']?apiVersion["']?\s*:/m.test(text)
}
