/** A badge that mends: icon, count, and the fix of the worst finding that has one, by one press. */
import type { Finding } from '../../core/yaml/finding'
import { camera } from '../../store/actions/camera'
import { applyFix } from '../../store/text/drafting'
import { useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { worst } from './Badge'

export function FixBadge({ findings }: { findings: readonly Finding[] }) {
  const words = useWords()
  const say = useText()
  const level = worst(findings)
  const fix = (findings.find((finding) => finding.fix && finding.level === level) ?? findings.find((finding) => finding.fix))?.fix
  if (!level || !fix) return null
  return (
    <button
      type="button"
      className={`badge fix ${level} nopan nodrag nokey`}
      title={say(fix.says)}
      aria-label={words.fix}
      onClick={(event) => {
        event.stopPropagation()
        applyFix(fix)
        // The badge goes with the problem.
        camera().focus(findings[0]?.on ?? null)
      }}
    >
      <Icon name="bulb" size="s" />
      {findings.length}
    </button>
  )
}
