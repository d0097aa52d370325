/** A lesson in the address: `#lesson=ID&step=2`, or with the file itself, deflated, `#lesson-file=…&step=2`; with `&present` in presenter mode. */

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
export async function fileAddressOf(source: string): Promise<string> {
  const stream = new Blob([source]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return `lesson-file=${btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** The file out of such an address; null where it is damaged, cut off, or longer than a lesson may be. */
export async function unpacked(packed: string): Promise<string | null> {
  if (packed.length > longest * 1.4 || !/^[\w-]+$/.test(packed)) return null
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    return await inflated(bytes)
  } catch {
    return null
  }
}

/** Stops as soon as it is too much: a few bytes may inflate to gigabytes. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [text, length] = ['', 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.length
    if (length > longest) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}
