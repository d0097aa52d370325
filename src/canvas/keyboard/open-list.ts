/** Whether the list of a select is open: it takes every key itself then. A browser that does not know `:open` shows lists of its own, outside of the page. */
export function isOpen(select: HTMLSelectElement | null): boolean {
  try {
    return select?.matches(':open') === true
  } catch {
    return false
  }
}
