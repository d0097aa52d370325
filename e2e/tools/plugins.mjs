/** Two small build steps of the app. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { policyOfPage } from './policy.mjs'

/**
 * The policy stands in the built page itself, so it holds on any static host. Not while developing: hot reload needs inline scripts.
 * @returns {import('vite').Plugin}
 */
export function policyMeta() {
  return {
    name: 'policy-meta',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policyOfPage }, injectTo: 'head-prepend' },
    ],
  }
}

/**
 * Clears the output folder but for one entry, which another build makes.
 * @param {string} kept
 * @returns {import('vite').Plugin}
 */
export function emptyAllBut(kept) {
  return {
    name: 'empty-all-but',
    apply: 'build',
    // Before Vite copies the public files, and only when there is something to write.
    renderStart: {
      order: 'pre',
      handler({ dir: out = '' }) {
        if (!existsSync(out)) return
        for (const entry of readdirSync(out)) if (entry !== kept) rmSync(join(out, entry), { recursive: true })
      },
    },
  }
}
