/** A design in the size of a stamp. */
import type { Sketch as Drawn } from '../../store/documents/sketch'

const [width, height] = [96, 54]
const box = { width: 9, height: 6 }

export function Sketch({ of: { nodes, hops } }: { of: Drawn }) {
  const scale = scaleOf(nodes)
  const places = nodes.map(({ x, y }) => ({ x: scale.x(x), y: scale.y(y) }))
  return (
    <svg className="stamp" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {hops.map(([a, b]) => {
        const [from, to] = [places[a], places[b]]
        return from && to ? (
          <line
            key={`${a} ${b}`}
            x1={from.x + box.width / 2}
            y1={from.y + box.height / 2}
            x2={to.x + box.width / 2}
            y2={to.y + box.height / 2}
          />
        ) : null
      })}
      {nodes.map(({ kind }, index) => (
        <rect key={`${kind} ${places[index]?.x} ${places[index]?.y}`} className={`stamp-${kind}`} {...places[index]} {...box} rx="1.5" />
      ))}
    </svg>
  )
}

/** Into the stamp, whole; what has one place only is in its middle. */
function scaleOf(nodes: Drawn['nodes']): { x(value: number): number; y(value: number): number } {
  const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [wide, tall] = [Math.max(...xs) - left, Math.max(...ys) - top]
  const [across, down] = [width - box.width - 8, height - box.height - 8]
  const by = Math.min(wide > 0 ? across / wide : 1, tall > 0 ? down / tall : 1)
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    x: (value) => round(4 + (across - wide * by) / 2 + (value - left) * by),
    y: (value) => round(4 + (down - tall * by) / 2 + (value - top) * by),
  }
}
