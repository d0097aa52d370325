/** Head, and the view that is asked for; a link that cannot be read says so in its place. */
import { lazy, Suspense } from 'react'
import { titleOf } from '../store/documents/title'
import type { Embedded } from '../words/kind'
import type { EmbedAsked, EmbedView } from './asked'
import { Figure } from './Figure'
import { Lines } from './Lines'
import type { NotShown, Shown, ViewProps } from './shown'
import './embed.css'

const Walk = lazy(() => import('./Walk'))

const views: Record<EmbedView, (props: ViewProps) => React.ReactNode> = {
  canvas: Figure,
  yaml: Lines,
  trace: (props) => <Walk {...props} />,
}

export function Embed({ shown, asked, words }: { shown: Shown | NotShown; asked: EmbedAsked; words: Embedded }) {
  if (typeof shown === 'string')
    return (
      <main className="embed">
        <p className="embed-none" role="alert">
          {words[shown]}
        </p>
      </main>
    )
  const View = views[asked.view]
  const title = titleOf(shown.work.design)
  document.title = title
  return (
    <main className="embed">
      <header className="embed-head">
        <h1 title={title}>{title}</h1>
        {/* A page of its own: what is opened there is the reader's, and knows nothing of where it was opened from. */}
        <a href={`./index.html${location.hash}`} target="_blank" rel="noopener noreferrer">
          {words.open}
        </a>
      </header>
      <Suspense fallback={<p className="embed-none">{words.loading}</p>}>
        <View {...shown} asked={asked} words={words} />
      </Suspense>
    </main>
  )
}
