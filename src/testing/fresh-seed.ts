/**
 * The seed of a run's random tests: a new one each time, chosen once and printed, so that a failure can be repeated:
 * `EGRESS_SEED=123 npm run unit`. Vitest calls this before the first test file.
 */
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    seed: number
  }
}

export default function chooseSeed({ provide }: TestProject): void {
  const seed = Number(process.env.EGRESS_SEED) || Math.floor(Math.random() * 0x7fffffff)
  provide('seed', seed)
  process.stdout.write(`seed of the random tests: ${seed} (EGRESS_SEED=${seed} npm run unit repeats them)\n`)
}
