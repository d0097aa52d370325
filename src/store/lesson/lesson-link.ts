/** A lesson in the address: `#lesson=ID&step=2`, or with the file itself, deflated, `#lesson-file=…&step=2`; with `&present` in presenter mode. */

import { packed, unpacked } from '../documents/packed'

/** What is read of a file at most, inflated. */
const longest = 500_000

/** `present`: shown to a class. */
export type LessonLink = ({ is: 'lesson'; id: string } | { is: 'file'; packed: string }) & { step: number | null; present: boolean }

/** What the part of an address behind `#` asks for; null where it is no lesson. The step is counted from 0. */
export function readLessonLink(hash: string): LessonLink | null {
  const said = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'))
  const number = Number(said.get('step') ?? '')
  const step = Number.isInteger(number) && number >= 1 ? number - 1 : null
  const [id, packed] = [said.get('lesson'), said.get('lesson-file')]
  const present = said.has('present')
  if (id !== null) return { is: 'lesson', id, step, present }
  return packed === null ? null : { is: 'file', packed, step, present }
}

export const addressOf = (id: string): string => `lesson=${encodeURIComponent(id)}`

/** The part of the address for a step, counted from 0. */
export const lessonHash = (address: string, step: number, present = false): string =>
  `#${address}&step=${step + 1}${present ? '&present' : ''}`

/** The address of a lesson that is a file: the file is in it. */
export const fileAddressOf = async (source: string): Promise<string> => `lesson-file=${await packed(source)}`

/** The file out of such an address; null where it is damaged, cut off, or longer than a lesson may be. */
export async function fileIn(address: string): Promise<string | null> {
  const file = await unpacked(address, longest)
  return typeof file === 'string' ? null : file.text
}
