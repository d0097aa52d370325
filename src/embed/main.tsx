/** A design within another page: to be looked at, never changed, and nothing of it is kept. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Lang } from '../core/base/text'
import type { Embedded } from '../words/kind'
import '../ui/tokens.css'
import '../ui/base.css'
import { askedIn } from './asked'
import { Embed } from './Embed'
import { shownOf } from './shown'

const wordsIn: Record<Lang, () => Promise<{ embedded: Embedded }>> = {
  en: () => import('../words/en/embedded'),
  zh: () => import('../words/zh/embedded'),
}

const root = createRoot(document.getElementById('root') as HTMLElement)
const asked = askedIn(location.search, document.documentElement.lang)

/** What the hash holds now: whoever embeds the page may change it. */
async function show(): Promise<void> {
  const [shown, { embedded }] = await Promise.all([shownOf(location.hash), wordsIn[asked.lang]()])
  root.render(
    <StrictMode>
      <Embed shown={shown} asked={asked} words={embedded} />
    </StrictMode>,
  )
}

window.addEventListener('hashchange', () => void show())
void show()
