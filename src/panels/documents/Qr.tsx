/** A link for a classroom: from the screen into a phone. */
import { encode } from 'uqr'
import { useWords } from '../../store/words/words'

/** More bytes than these no QR code holds. */
const most = 2900

export function Qr({ text }: { text: string }) {
  const { sharing: words } = useWords()
  if (text.length > most) return <p className="quiet">{words.noQr}</p>
  const { data, size } = encode(text, { ecc: 'L', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.qr} shapeRendering="crispEdges">
      <rect width={size} height={size} />
      <path d={dark.join('')} />
    </svg>
  )
}
