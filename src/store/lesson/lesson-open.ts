/** Lessons are opened by name, from a file, or from the address; what cannot be opened says why, and the own work stays. */
import type { Text } from '../../core/base/text'
import { idAfter, isShipped, lessonOf } from '../../lessons/apart'
import type { Lesson } from '../../lessons/kind'
import { takenIn } from '../../lessons/one-language'
import { readLesson } from '../../lessons/read'
import { here, type Place } from '../documents/place'
import { saying, type Told } from '../state/saying'
import { type LessonTrouble, store } from '../state/store'
import { goTo } from './lesson'
import { type Course, readied } from './lesson-doc'
import { keepLessonFile, keptLessonFile, type LessonFile } from './lesson-files'
import { addressOf, fileAddressOf, fileIn, type LessonLink, lessonHash, readLessonLink } from './lesson-link'
import { startLessons } from './lesson-live'
import { unloaded } from './unloaded'

const courseOf = (written: Lesson, key: string, address: string): Course => ({
  lesson: takenIn(written, store.getState().lang),
  written,
  key,
  address,
})

/** The id of the one after it in the catalog; null after the last, and after one from a file. */
export const lessonAfter = ({ id, part }: Pick<Lesson, 'id' | 'part'>): string | null => (part === 'file' ? null : idAfter(id))

/** Opens a lesson: one of the catalog by its id, or one as it is written. One that cannot be loaded says so, and what is open stays. */
export async function openLesson(lesson: string | Lesson, step: number | null = null): Promise<void> {
  const id = typeof lesson === 'string' ? lesson : lesson.id
  if (isOpen(id)) return comeBack(step)
  const course = typeof lesson === 'string' ? await shipped(id, id) : courseOf(lesson, id, addressOf(id))
  if ('says' in course) tell(course)
  else await open(course, step)
}

async function shipped(id: string, name: LessonTrouble['name']): Promise<Course | LessonTrouble> {
  try {
    return { lesson: await lessonOf(id, store.getState().lang), written: null, key: id, address: addressOf(id) }
  } catch {
    return { name, says: [unloaded] }
  }
}

async function open(course: Course, step: number | null): Promise<void> {
  startLessons()
  const place = here()
  if (isOpen(course.key)) return comeBack(step)
  if (place) (await readied(course, step, place))()
}

const isOpen = (key: string): boolean => store.getState().lesson?.key === key

/** The lesson that is open goes on as it is, at the step that is asked for. */
function comeBack(step: number | null): void {
  store.setState({ panel: null, lessonTrouble: null })
  if (step !== null) goTo(step)
}

/** Opens the text of a lesson file, or tells what is wrong with it. */
export async function openLessonText(text: string, name: string): Promise<void> {
  const course = await courseIn(text, name)
  if ('says' in course) return tell(course)
  const place = here()
  if (place && course.written) keepLessonFile(course.key, course.written, text, place)
  await open(course, null)
}

/** Opens a lesson that was opened from a file before. */
export async function openKeptLesson({ key, title }: LessonFile): Promise<void> {
  const place = here()
  const name = title[store.getState().lang]
  const text = place && (await keptLessonFile(key, place))
  if (text) await openLessonText(text, name)
  else tell({ name, says: [saying('lessonFileGone')] })
}

function tell(trouble: LessonTrouble): void {
  store.setState({ lessonTrouble: trouble, panel: 'lessons' })
}

async function courseIn(text: string, name: LessonTrouble['name']): Promise<Course | LessonTrouble> {
  const { lesson, findings } = readLesson(text)
  if (!lesson) return { name, says: findings.map(({ path, says }) => withPath(path, says)) }
  return courseOf(lesson, `file-${digest(text)}`, await fileAddressOf(text))
}

/** The sentence with its path, where it does not begin with it. */
const withPath = (path: string, says: Text): Told => (path === '' || says.en.startsWith(path) ? says : saying('atPath', { path, says }))

/** The same file is the same lesson, whatever its name (FNV-1a from two beginnings; not for secrets). */
function digest(text: string): string {
  const [a, b] = [0x811c9dc5, 0x9747b28c].map((hash) => {
    let sum = hash
    for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0
    return sum.toString(36)
  })
  return `${a}-${b}`
}

/** What opens the lesson that the address asks for, or tells what is wrong with the link; null: it asks for none. */
export async function asked(place: Place): Promise<(() => void) | null> {
  const link = readLessonLink(place.address.read())
  if (!link) return null
  startLessons()
  const course = await courseOfLink(link, place)
  if ('says' in course)
    return () => {
      tell(course)
      // The address says again what is open.
      const { lesson } = store.getState()
      place.address.write(lesson ? lessonHash(lesson.address, lesson.step) : '')
    }
  const enter = isOpen(course.key) ? () => comeBack(link.step) : await readied(course, link.step, place)
  return () => {
    store.setState({ presenting: link.present })
    enter()
  }
}

async function courseOfLink(link: LessonLink, place: Place): Promise<Course | LessonTrouble> {
  const name = saying('thisLink')
  if (link.is === 'lesson') {
    if (isShipped(link.id)) return shipped(link.id, name)
    const id = link.id.slice(0, 80)
    return { name, says: [saying('lessonUnknown', { id })] }
  }
  const text = await fileIn(link.packed)
  if (text === null)
    return {
      name,
      says: [saying('lessonLinkDamaged')],
    }
  const course = await courseIn(text, name)
  if ('key' in course && course.written) keepLessonFile(course.key, course.written, text, place)
  return course
}
