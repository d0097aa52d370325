/** A text of a lesson: paragraphs parted by an empty line, `code` and **bold**. Anything else in it is only text. */
import type { ReactNode } from 'react'

/** Paragraphs. */
export function Rich({ text }: { text: string }) {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part, index) => <p key={`${index} ${part}`}>{marked(part)}</p>)
}

/** One line. */
export const RichLine = ({ text }: { text: string }) => marked(text)

const marked = (text: string): ReactNode =>
  text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, index) => {
    if (index % 2 === 0) return part
    const key = `${index} ${part}`
    return part.startsWith('`') ? <code key={key}>{part.slice(1, -1)}</code> : <b key={key}>{part.slice(2, -2)}</b>
  })
