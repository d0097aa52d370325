/** Mounts the app. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './App'
import { first } from './examples/draw'
import { settle } from './store/state/settings'

// Both begin at once: reading what was saved takes as long as loading what reads it.
const saved = import('./store/documents/save')

void settle().then(() => {
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
  void saved.then(({ boot }) => boot(first))
})
