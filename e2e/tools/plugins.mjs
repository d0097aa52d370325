/** Small build steps of the app. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { policyOfEmbed, policyOfPage } from './policy.mjs'

/**
 * The policy is in the built page itself, so it holds on any static host. Not while developing: hot reload needs inline scripts.
 * @param {string} [policy]
 * @returns {import('vite').Plugin}
 */
export function policyMeta(policy = policyOfPage) {
  return {
    name: 'policy-meta',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  }
}

/**
 * Builds the page for other pages beside the app. Apart from it, so that neither loads what only the other needs first.
 * @returns {import('vite').Plugin}
 */
export function embed() {
  let target = {}
  return {
    name: 'embed',
    apply: 'build',
    configResolved({ base, build: { target: js, cssTarget } }) {
      target = { base, build: { target: js, cssTarget } }
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir: out = '' }) {
        const { base, build: targets } = /** @type {{ base: string, build: object }} */ (target)
        await build({
          configFile: false,
          logLevel: 'warn',
          base,
          plugins: [react(), policyMeta(policyOfEmbed)],
          build: {
            ...targets,
            outDir: out,
            emptyOutDir: false,
            copyPublicDir: false,
            modulePreload: { polyfill: false },
            chunkSizeWarningLimit: 4000,
            rolldownOptions: { input: 'embed.html' },
          },
        })
      },
    },
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
