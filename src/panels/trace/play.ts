/** Lets the steps of a trace follow each other. Where a person wishes for less motion nothing plays by itself: the last step is shown. */
import { useEffect, useState } from 'react'
import type { Trace } from '../../core/trace/outcome'
import { setStep } from '../../store/actions/asking'
import { camera } from '../../store/actions/camera'
import { jump } from '../../store/actions/jump'
import { placeOfStep, spanOf } from '../../store/derived/understand'
import { store } from '../../store/state/store'

/** A hop takes 600 ms to travel; then there is time to read a few words. */
const pace = 1100
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

export interface Play {
  plays: boolean
  toggle(): void
  /** Shows a step, and stops the playing. */
  show(step: number): void
}

export function usePlay(trace: Trace | null): Play {
  const [plays, setPlays] = useState(false)
  const last = (trace?.steps.length ?? 1) - 1
  useSent(trace, setPlays)
  useEffect(() => {
    if (!plays) return
    const timer = setInterval(() => {
      const { step } = store.getState()
      if (step >= last) setPlays(false)
      else turn(trace, step + 1)
    }, pace)
    return () => clearInterval(timer)
  }, [plays, trace, last])
  return {
    plays,
    toggle() {
      if (!plays && store.getState().step >= last) turn(trace, 0)
      setPlays(!plays)
    },
    show(step) {
      setPlays(false)
      turn(trace, Math.max(0, Math.min(last, step)))
    },
  }
}

/** A request that has just been sent is played; a text that changes under it is not, but its step must exist. */
let played: unknown = null

function useSent(trace: Trace | null, setPlays: (plays: boolean) => void): void {
  useEffect(() => {
    const { sent, step } = store.getState()
    if (!trace || !sent) return
    const last = trace.steps.length - 1
    if (sent === played) {
      if (step > last) setStep(last)
      return
    }
    played = sent
    if (still()) turn(trace, last)
    else setPlays(true)
  }, [trace, setPlays])
}

/** The step, its node on the canvas, and the lines that decided it. */
function turn(trace: Trace | null, step: number): void {
  setStep(step)
  const state = store.getState()
  const { node } = placeOfStep(state, step)
  if (node) camera().show(node)
  const because = trace?.steps[step]?.because
  if (because) jump([], spanOf(state, because))
}
