/** Work that takes long is done in pieces: the page goes on between them. */
import { store } from '../state/store'

/** Milliseconds after which the page has its turn. */
const patience = 30

/** Takes step after step, and lets the page go on where they take long; null where `wanted` no longer says so. */
export async function paused<T>(steps: Generator<undefined, T>, wanted: () => boolean): Promise<T | null> {
  let begun = performance.now()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() - begun < patience) continue
    await new Promise((next) => setTimeout(next))
    if (!wanted()) return null
    begun = performance.now()
  }
}

/** A function whose answer comes later: until then the answer of before is given, at first `none`; then everybody looks again. */
export function keepLater<I extends readonly unknown[], O>(steps: (...inputs: I) => Generator<undefined, O>, none: O): (...inputs: I) => O {
  let last: { inputs: I; output: O } | null = null
  return (...inputs) => {
    if (last && inputs.every((input, index) => input === last?.inputs[index])) return last.output
    const own = { inputs, output: last?.output ?? none }
    last = own
    void later(own, () => last === own)
    return own.output
  }

  async function later(own: { inputs: I; output: O }, wanted: () => boolean): Promise<void> {
    await new Promise((next) => setTimeout(next))
    if (!wanted()) return
    const output = await paused(steps(...own.inputs), wanted)
    if (output === null || !wanted()) return
    own.output = output
    store.setState({})
  }
}
