/** The picture alone, over all of the screen; Escape or a click leaves. */
import { useEffect, useRef } from 'react'
import type { Theme } from '../../core/figure/colours'
import type { SvgElement } from '../../core/figure/element'
import { useModal } from '../../ui/Sheet'
import { svg } from '../../ui/Svg'

export function Slide({ page, theme, close, onClose }: { page: SvgElement; theme: Theme; close: string; onClose(): void }) {
  const modal = useModal(onClose)
  // No browser gives the screen to a dialog itself.
  const ref = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The whole screen where the browser gives it; else the whole page.
    const asked = ref.current?.requestFullscreen?.().catch(() => {})
    const left = () => document.fullscreenElement ?? onClose()
    void asked?.then(() => document.addEventListener('fullscreenchange', left))
    return () => {
      document.removeEventListener('fullscreenchange', left)
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [onClose])
  return (
    <dialog {...modal} className={`slide ${theme}`} aria-label={close}>
      <button ref={ref} type="button" className="slide-page" aria-label={close} onClick={onClose}>
        {svg(page)}
      </button>
    </dialog>
  )
}
