/** Mounts the app. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './App'
import { settle } from './store/state/settings'

// All begin at once: reading what was saved takes as long as loading what reads it, and what a first visit shows.
const opened = Promise.all([import('./store/documents/boot'), import('./examples/draw')])

void settle().then(() => {
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
  void opened.then(([{ boot }, { first }]) => boot(first)).then(whenIdle)
})

/** Nothing that a person waits for waits for this. */
const whenIdle = () => {
  if (import.meta.env.PROD)
    (globalThis.requestIdleCallback ?? setTimeout)(
      () => void import('./store/offline/offline').then(({ keepOffline }) => keepOffline('./sw.js')),
    )
}
