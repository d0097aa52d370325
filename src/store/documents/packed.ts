/** Text in an address: deflated, in letters that an address takes as they are. */

/** Damaged or cut off, or longer than what is read. */
export type Unread = 'damaged' | 'long'

export async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return btoa(letters)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/(?<!=)=+$/, '')
}

/** `longest`: so many bytes are read, inflated. Takes any string. */
export async function unpacked(packed: string, longest: number): Promise<{ text: string } | Unread> {
  if (packed.length > longest * 1.4) return 'long'
  if (!/^[\w-]+$/.test(packed)) return 'damaged'
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    return await inflated(bytes, longest)
  } catch {
    return 'damaged'
  }
}

/** Stops as soon as it is too much: a few bytes may inflate to gigabytes. */
async function inflated(bytes: Uint8Array<ArrayBuffer>, longest: number): Promise<{ text: string } | Unread> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parts: string[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { text: parts.join('') + decoder.decode() }
    length += value.length
    if (length > longest) {
      await reader.cancel()
      return 'long'
    }
    parts.push(decoder.decode(value, { stream: true }))
  }
}
