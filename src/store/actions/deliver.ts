/** How a text leaves the page: to the clipboard or into a file. */

/** Whether the clipboard took it: without permission or outside a secure page it does not. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** Saves a text under a name, in UTF-8 and with the line ends it has. */
export const download = (name: string, text: string, type: string): void =>
  downloadFile(name, new Blob([text], { type: `${type};charset=utf-8` }))

export function downloadFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** So many letters, of three bytes each, are a name on any system. */
const longestName = 80

/** A file's name as any system takes it; Chinese stays. */
export function fileName(name: string, ending: string): string {
  const short = Array.from(name.slice(0, 2 * longestName))
    .slice(0, longestName)
    .join('')
  const plain = short.replace(/[\p{Cc}\\/:*?"<>|]+/gu, '-').replace(/^[.\s-]+|(?<![.\s-])[.\s-]+$/g, '')
  return `${plain || 'egress'}.${ending}`
}
