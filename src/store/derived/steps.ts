/** Work that takes long is done in pieces: the page goes on between them. */

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
