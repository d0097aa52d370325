/** Findings where they are: an icon and a count, and the sentences in a bubble that comes on hover and focus. */
import type { Finding } from '../../core/yaml/finding'
import { useDesigner } from '../../store/state/use'
import { useText } from '../../store/words/words'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import { pickers } from '../late'

const icons: Record<Finding['level'], FirstIcon> = { error: 'error', warning: 'warn', info: 'info' }
const order: Finding['level'][] = ['error', 'warning', 'info']

export const worst = (findings: readonly Finding[]): Finding['level'] | null =>
  order.find((level) => findings.some((finding) => finding.level === level)) ?? null

export function LevelIcon({ level }: { level: Finding['level'] }) {
  return <Icon name={icons[level]} size="s" className={`level-icon ${level}`} />
}

/** With a fix it is a button. On a hop its own icon tells the rest. */
export function Badge({ findings, bare = false }: { findings: readonly Finding[]; bare?: boolean }) {
  const level = worst(findings)
  const Fix = useDesigner((s) => pickers.of(s)?.FixBadge ?? null)
  if (!level) return null
  if (Fix && findings.some(({ fix }) => fix)) return <Fix findings={findings} />
  if (bare) return null
  return (
    <span className={`badge ${level}`} aria-hidden="true">
      <Icon name={icons[level]} size="s" />
      {findings.length}
    </span>
  )
}

/** The bubble; `id` is what the thing it speaks of is described by. */
export function Bubble({ id, says, findings }: { id: string; says?: string; findings: readonly Finding[] }) {
  const text = useText()
  return (
    <span className="bubble" role="tooltip" id={id}>
      {says && <span className="bubble-line">{says}</span>}
      {findings.map((finding, index) => (
        <span className="bubble-line" key={`${finding.rule} ${index}`}>
          <Icon name={icons[finding.level]} size="s" /> {text(finding.says)}
        </span>
      ))}
    </span>
  )
}
