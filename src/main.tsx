/** Mounts the app. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './App'
import { first } from './lessons/tls-origination-mtls'
import { narrate } from './store/narrate'
import { dismissHint, open } from './store/actions'
import { store } from './store/store'
import { settle } from './store/settings'

settle()
narrate()
open('first', first)
store.setState({ hint: true })
void dismissHint
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
