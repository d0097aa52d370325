/** A native modal dialog: the browser keeps the focus inside and gives it back. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
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

export function Sheet({ title, close, onClose, width, aside, footer, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Before the dialog leaves the page: a closed dialog gives the focus back, one that is gone does not.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      className="sheet"
      aria-labelledby={id}
      style={width ? ({ '--dialog': `${width}px` } as React.CSSProperties) : undefined}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
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
