/** Mends something by one press, as one step of the history; beside it a button shows first what would change. */
import type { Fix } from '../../core/yaml/document'
import { applyFix, showFixes } from '../../store/text/drafting'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'

/** The button goes with its problem: what is nearest has the focus then, the next problem, or else the tab. */
function fixAt(button: HTMLElement, fix: Fix): void {
  const list = button.closest('ul')
  const index = [...(list?.children ?? [])].findIndex((row) => row.contains(button))
  applyFix(fix)
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      const row = list?.isConnected ? (list.children[index] ?? list.lastElementChild) : null
      const next = row?.querySelector('button') ?? document.querySelector<HTMLElement>('.strip [role="tab"][aria-selected="true"]')
      next?.focus()
    }),
  )
}

/** `of`: the fixes that this one puts together. */
export function FixButton({ fix, word, of = [fix] }: { fix: Fix; word?: string; of?: readonly Fix[] }) {
  const say = useText()
  const { strip: words } = useWords()
  const show = fill(words.showChange, { fix: word ?? say(fix.says) })
  return (
    <span className="fix-buttons">
      <button
        type="button"
        className="b line small fix"
        title={word ? undefined : say(fix.says)}
        onClick={({ currentTarget }) => fixAt(currentTarget, fix)}
      >
        <Icon name="bulb" size="s" />
        {word ?? words.fix}
      </button>
      <button type="button" className="b icon small" aria-label={show} title={show} onClick={() => showFixes(of)}>
        <Icon name="beside" size="s" />
      </button>
    </span>
  )
}
