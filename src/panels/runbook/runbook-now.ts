/** The runbook of the open document: written in pieces, a moment after the last change, so that no key waits for it. */

import { useEffect } from 'react'
import { memoLast } from '../../core/base/memo'
import { type Runbook, runbookOf, runbookSteps } from '../../core/runbook/runbook'
import { runbookInputs, runbookSources } from '../../store/derived/runbook'
import { paused } from '../../store/derived/steps'
import { part } from '../../store/state/part'
import { type State, store } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { requestsFor } from './runbook-asked'

/** Milliseconds without a change after which it is written anew. */
const pause = 200

interface Made {
  inputs: readonly unknown[]
  /** Null: it could not be written. */
  runbook: Runbook | null
}

/** The last one outlives its panel: whoever comes back to the tab finds it there. */
const lastMade = part<Made>('runbook')

/** The same array while all inputs are the same. */
const inputsOf = (state: State): readonly unknown[] => sameInputs(runbookInputs(state))
const sameInputs = memoLast((inputs: readonly unknown[]) => inputs)

/** The runbook, and whether it is of a moment ago; undefined while there is none yet, null where it could not be written. */
export function useRunbook(): { runbook: Runbook | null | undefined; stale: boolean } {
  const inputs = useDesigner(inputsOf)
  const made = useDesigner(lastMade.of)
  useEffect(() => {
    const last = lastMade.of(store.getState())
    if (last?.inputs === inputs) return
    let wanted = true
    const timer = setTimeout(
      async () => {
        const runbook = await paused(steps(), () => wanted).catch(() => null)
        if (wanted) lastMade.bring({ inputs, runbook })
      },
      last ? pause : 0,
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [inputs])
  return { runbook: made?.runbook, stale: made?.inputs !== inputs }
}

/** The runbook as things stand, at once: what is saved is never older than the picture. */
export const runbookNow = (): Runbook => runbookOf(...sources())

const steps = () => runbookSteps(...sources())

function sources() {
  const { design, dialect, own, gone, sent } = runbookSources(store.getState())
  return [design, dialect, requestsFor(design, sent), own, gone] as const
}
