/** A native modal dialog: the browser keeps the focus inside and gives it back. */
import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from './icons'

interface Props {
  title: string
  close: string
  onClose(): void
  width?: number
  aside?: ReactNode
  footer?: ReactNode
  children: ReactNode
}

/** What makes a dialog modal; Escape and a press beside it close it. */
export function useModal(onClose: () => void): {
  ref: RefObject<HTMLDialogElement | null>
  onCancel(event: React.SyntheticEvent): void
  onPointerDown(event: React.PointerEvent): void
} {
  const ref = useRef<HTMLDialogElement>(null)
  // Before the dialog leaves the page: a closed dialog gives the focus back, one that is gone does not.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      focusFirst(dialog)
    }
    return () => dialog?.close()
  }, [])
  return {
    ref,
    onCancel: (event) => {
      // React lets the event rise to the dialog below; that one stays.
      if (event.target !== ref.current) return
      event.preventDefault()
      onClose()
    },
    onPointerDown: (event) => {
      if (event.target === ref.current) onClose()
    },
  }
}

const fields = 'input:not([type="file"], [type="hidden"], :disabled), textarea:not(:disabled), select:not(:disabled)'
const first = (dialog: HTMLElement): HTMLElement | null => {
  const things = [fields, 'button:not(:disabled), a[href], summary, [tabindex="0"]']
  for (const thing of things)
    for (const part of ['.body', 'footer'])
      for (const found of dialog.querySelectorAll<HTMLElement>(`:scope > ${part} :is(${thing})`)) if (found.checkVisibility()) return found
  return null
}

/** The first field, or else the first thing that can be done; never the button that closes it. What comes late gets the focus when it is there. */
function focusFirst(dialog: HTMLDialogElement): void {
  const at = first(dialog)
  const body = dialog.querySelector<HTMLElement>(':scope > .body')
  if (at && body?.contains(at) && at.getBoundingClientRect().bottom > body.getBoundingClientRect().bottom) {
    // It is read from its beginning first.
    body.tabIndex = -1
    return body.focus()
  }
  if (at) return at.focus()
  dialog.tabIndex = -1
  dialog.focus()
  const late = new MutationObserver(() => {
    const at = first(dialog)
    if (!at && dialog.open) return
    late.disconnect()
    if (document.activeElement === dialog) at?.focus()
  })
  late.observe(dialog, { childList: true, subtree: true })
}

export function Sheet({ title, close, onClose, width, aside, footer, children }: Props) {
  const id = useId()
  return (
    <dialog
      {...useModal(onClose)}
      className="sheet"
      aria-labelledby={id}
      style={width ? ({ '--dialog': `${width}px` } as React.CSSProperties) : undefined}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <span className="grow" />
        {aside}
        <button type="button" className="b icon" aria-label={close} title={close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  )
}
