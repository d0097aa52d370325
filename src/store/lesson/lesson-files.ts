/** Lessons that were opened from files: the browser keeps the last ones, so that they can be taken up again. */
import type { Text } from '../../core/base/text'
import type { Lesson } from '../../lessons/kind'
import type { Place } from '../documents/place'

/** What the list shows of one. */
export interface LessonFile {
  key: string
  title: Text
  story: Text
  steps: number
}

const note = 'lesson.files'
const most = 12
const shelfKeyOf = (key: string): string => `lesson file ${key}`

/** The last ones, the latest first; none where notes are forbidden or damaged. */
export function lessonFilesOf(place: Place | null): readonly LessonFile[] {
  try {
    const files: unknown = JSON.parse(place?.browser.read(note) ?? '[]')
    return Array.isArray(files) ? files.filter(isKeptLessonFile) : []
  } catch {
    return []
  }
}

const isText = (text: unknown): boolean => {
  const { en, zh } = (text ?? {}) as Partial<Text>
  return typeof en === 'string' && typeof zh === 'string'
}

export function isKeptLessonFile(file: unknown): file is LessonFile {
  const { key, title, story, steps } = (file ?? {}) as Partial<LessonFile>
  return typeof key === 'string' && isText(title) && isText(story) && Number.isInteger(steps)
}

/** Keeps a file that was opened as a lesson. */
export function keepLessonFile(key: string, { title, story, steps }: Lesson, text: string, place: Place): void {
  const others = lessonFilesOf(place).filter((file) => file.key !== key)
  place.browser.write(note, JSON.stringify([{ key, title, story, steps: steps.length }, ...others].slice(0, most)))
  void place.database.set(shelfKeyOf(key), text).catch(() => {})
}

/** Puts in a file that was kept elsewhere, where there is room without any going for it. */
export async function takeLessonFile(
  { key, title, story, steps }: LessonFile,
  text: string,
  place: Place,
): Promise<'taken' | 'there' | 'no room'> {
  const own = lessonFilesOf(place)
  if (own.some((file) => file.key === key)) return 'there'
  if (own.length >= most) return 'no room'
  await place.database.set(shelfKeyOf(key), text)
  place.browser.write(note, JSON.stringify([{ key, title, story, steps }, ...own]))
  return 'taken'
}

/** The text of a file that was kept; null where it is gone. */
export async function keptLessonFile(key: string, place: Place): Promise<string | null> {
  const text = await place.database.get(shelfKeyOf(key)).catch(() => null)
  return typeof text === 'string' ? text : null
}
