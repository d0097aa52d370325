/** How the app, the command line tool (`--mode cli`) and the unit tests are built. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { monacoCsp } from './e2e/tools/monaco-csp.mjs'
import { emptyAllBut, policyMeta } from './e2e/tools/plugins.mjs'

export default defineConfig(({ mode }) => (mode === 'cli' ? cli : app))

const app = defineConfig({
  // Relative addresses, so that the built folder works under any path of any static server.
  base: './',
  plugins: [react(), monacoCsp(), policyMeta(), emptyAllBut('cli')],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    // Monaco's chunk is large and comes after the first paint; the size that matters is the entry's, and a test holds it.
    chunkSizeWarningLimit: 4000,
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: 'src/testing/fresh-seed.ts',
    setupFiles: 'src/testing/use-seed.ts',
  },
})

/** One self-contained file: no package has to be installed beside it. */
const cli = defineConfig({
  ssr: { noExternal: true, target: 'node' },
  publicDir: false,
  build: {
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: 'egress.mjs', codeSplitting: false } },
  },
})
