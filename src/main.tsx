/** Mounts the app. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './App'
import { first } from './lessons/tls-origination-mtls'
import { narrate } from './store/narrate'
import { boot } from './store/save'
import { settle } from './store/settings'

settle()
narrate()
void boot(first)
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
