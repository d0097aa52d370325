/** How the app, the command line tool (`--mode cli`) and the unit tests are built. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { lessonsApart } from './e2e/tools/lessons-apart.mjs'
import { licences, ofTheWorker } from './e2e/tools/licences.mjs'
import { monacoCsp } from './e2e/tools/monaco-csp.mjs'
import { offline } from './e2e/tools/offline.mjs'
import { embed, emptyAllBut, policyMeta } from './e2e/tools/plugins.mjs'

export default defineConfig(({ mode }) => (mode === 'cli' ? cli : app))

const app = defineConfig({
  // Relative addresses, so that the built folder works under any path of any static server.
  base: './',
  plugins: [react(), lessonsApart(), monacoCsp(), policyMeta(), emptyAllBut('cli'), licences(ofTheWorker), embed(), offline()],
  resolve: {
    alias: {
      // React has had this hook since 18: React Flow's store brings a shim for older ones along.
      'use-sync-external-store/shim/with-selector.js': 'use-sync-external-store/with-selector.js',
      'd3-color': fileURLToPath(new URL('e2e/tools/no-colours.mjs', import.meta.url)),
    },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The first that know `light-dark()`.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    // `memo` does nothing but wrap: what React Flow wraps and nobody uses (MiniMap, Controls, Background, resizing) stays out of the entry.
    rolldownOptions: {
      treeshake: { manualPureFunctions: ['memo', 'forwardRef', 'fixedForwardRef', 'createContext'] },
      // What the first paint needs comes as one piece, whoever else uses some of it later: a dozen small ones pack worse.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
    // Monaco's chunk is large and comes after the first paint; the size that matters is the entry's, and a test holds it.
    chunkSizeWarningLimit: 4000,
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'e2e/tools/*.test.mjs'],
    environment: 'node',
    // The colours of a picture are read from the tokens; without this line Vitest leaves every stylesheet empty.
    css: { include: /tokens\.css/ },
    // All cores: by itself Vitest leaves one free, which on two is half of them.
    maxWorkers: '100%',
    // No test is wrong because the machine is busy with something else: a limit is for what never ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: 'src/testing/fresh-seed.ts',
    setupFiles: 'src/testing/use-seed.ts',
  },
})

/** One self-contained file: no package has to be installed beside it. */
const cli = defineConfig({
  ssr: { noExternal: true, target: 'node' },
  publicDir: false,
  plugins: [licences()],
  build: {
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: 'egress.mjs', codeSplitting: false } },
  },
})
