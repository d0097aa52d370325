/** Fixes before they are made: what they change in the text and in the picture. Of many, those that do not touch each other may be left out. */
import { useMemo, useState } from 'react'
import type { Fix } from '../../core/yaml/document'
import { patched } from '../../core/yaml/patch'
import { placeOf } from '../../core/yaml/patch/changed'
import { textNow } from '../../store/derived/written'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { applyFix, leaveFixes } from '../../store/text/drafting'
import { followed } from '../../store/text/following'
import { changesOf, groupsOf } from '../../store/text/independent'
import { useText, useWords } from '../../store/words/words'
import { Sheet } from '../../ui/Sheet'
import './ask.css'
import { Changes } from './Changes'
import { Picture } from './Picture'

export function Fixing({ fixes }: { fixes: readonly Fix[] }) {
  const { previewing: words } = useWords()
  const say = useText()
  const groups = useMemo(() => groupsOf(fixes), [fixes])
  const [leftOut, setLeftOut] = useState<ReadonlySet<Fix>>(new Set())
  const chosen = groups.filter(([first]) => first && !leftOut.has(first)).flat()
  const text = useDesigner(textNow)
  const before = useDesigner(designOf)
  const changes = changesOf(chosen)
  const result = patched(text, changes)
  const after = 'text' in result ? result.text : text
  const take = () => {
    leaveFixes()
    applyFix({ says: (chosen[0] as Fix).says, changes })
  }
  return (
    <Sheet
      title={words.title}
      close={words.reject}
      onClose={leaveFixes}
      width={760}
      footer={
        <>
          <span className="quiet">{words.undo}</span>
          <span className="grow" />
          <button type="button" className="b line" onClick={leaveFixes}>
            {words.reject}
          </button>
          <button type="button" className="b fill" disabled={after === text} onClick={take}>
            {words.accept}
          </button>
        </>
      }
    >
      <div className="ask">
        {groups.length === 1 ? (
          <p>{groups[0]?.map(({ says }) => say(says)).join(' ')}</p>
        ) : (
          <fieldset className="fixes">
            <legend className="unseen">{words.choose}</legend>
            {groups.map((group) => (
              <Group key={namesOf(group)} group={group} leftOut={leftOut} onLeaveOut={setLeftOut} />
            ))}
          </fieldset>
        )}
        {'refused' in result && <p className="err-text">{say(result.refused)}</p>}
        <Changes before={text} after={after} />
        <Picture before={before} after={after === text ? before : followed(after, before).design} />
      </div>
    </Sheet>
  )
}

interface GroupProps {
  group: readonly Fix[]
  leftOut: ReadonlySet<Fix>
  onLeaveOut(leftOut: ReadonlySet<Fix>): void
}

function Group({ group, leftOut, onLeaveOut }: GroupProps) {
  const say = useText()
  const first = group[0] as Fix
  const taken = !leftOut.has(first)
  return (
    <label>
      <input
        type="checkbox"
        checked={taken}
        onChange={() => onLeaveOut(new Set(taken ? [...leftOut, first] : [...leftOut].filter((fix) => fix !== first)))}
      />
      <span>
        {[...new Set(group.map(({ says }) => say(says)))].join(' ')} <code>{namesOf(group)}</code>
      </span>
    </label>
  )
}

/** The objects that fixes are about. */
const namesOf = (group: readonly Fix[]): string => {
  const places = group.flatMap(({ changes }) => changes.flatMap((change) => placeOf(change) ?? []))
  return [...new Set(places.map(({ of }) => `${of.kind} ${of.namespace ? `${of.namespace}/` : ''}${of.name}`))].join(', ')
}
