/** Lays out the panes, with an error boundary round each. Only the canvas is there at the first paint; the others follow. */
import { type CSSProperties, lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { Canvas } from './canvas/Canvas'
import { Doors } from './canvas/first-visit/Doors'
import { openPanel } from './store/actions/view'
import { loadUnderstanding } from './store/derived/late'
import { remember, remembered } from './store/state/settings'
import { type DialogId, store } from './store/state/store'
import { useDesigner } from './store/state/use'
import { useWords, withWords } from './store/words/words'
import { Boundary } from './ui/Boundary'
import { type FirstIcon, Icon } from './ui/first-icons'
import { usePainted } from './ui/painted'
import './ui/app.css'
import './ui/splitter.css'

const Strip = lazy(() => withWords(import('./panels/strip/Strip')))
const Splitter = lazy(() => import('./ui/Splitter'))
const Header = lazy(() => withWords(import('./panels/head/Header')))
const Palette = lazy(() => withWords(import('./canvas/palette/Palette')))
const YamlPane = lazy(() => withWords(import('./editor/YamlPane')))
const Inspector = lazy(() => withWords(import('./panels/inspector/Inspector')))
const Gallery = lazy(() => withWords(import('./panels/dialogs/Gallery')))
const AddFlow = lazy(() => withWords(import('./panels/dialogs/AddFlow')))
const Help = lazy(() => withWords(import('./panels/dialogs/Help')))
const Needs = lazy(() => withWords(import('./panels/dialogs/Needs')))
const Import = lazy(() => withWords(import('./panels/dialogs/Import')))
const Compare = lazy(() => withWords(import('./panels/dialogs/Compare')))
const Ask = lazy(() => withWords(import('./panels/dialogs/Ask')))
const Lessons = lazy(() => withWords(import('./panels/lesson/Lessons')))
const Designs = lazy(() => withWords(import('./panels/documents/Designs')))
const Versions = lazy(() => withWords(import('./panels/documents/Versions')))
const Paths = lazy(() => withWords(import('./panels/paths/Paths')))
const PictureExport = lazy(() => withWords(import('./panels/picture/PictureExport')))
const Stored = lazy(() => withWords(import('./panels/documents/Stored')))
const Share = lazy(() => withWords(import('./panels/documents/Share')))
const Commands = lazy(() => withWords(import('./panels/commands/Commands')))
const Lesson = lazy(() => withWords(import('./panels/lesson/Lesson')))
const Recovered = lazy(() => withWords(import('./panels/dialogs/Recovered')))

type Tab = 'canvas' | 'inspector' | 'yaml' | 'strip' | 'lesson'

export function App() {
  const words = useWords()
  const view = useDesigner((s) => s.view)
  const painted = usePainted()
  const narrow = useNarrow()
  useEffect(() => {
    if (painted) void loadUnderstanding()
  }, [painted])
  const [tab, setTab] = useState<Tab>('canvas')
  const [side, setSide] = useSize('side', 416)
  const [tall, setTall] = useSize('inspector', 330)
  const [strip, setStrip] = useSize('strip', Math.min(372, Math.round(innerHeight * 0.44)))
  const learns = useDesigner((s) => s.lesson !== null)
  useEffect(
    () =>
      store.subscribe((s, before) => {
        if (!s.lesson !== !before.lesson) setTab(s.lesson ? 'lesson' : 'canvas')
        else if (s.strip && (s.strip !== before.strip || s.sent !== before.sent)) setTab('strip')
      }),
    [],
  )
  const shows = narrow ? tab : view
  return (
    <div
      className={`app ${narrow ? 'narrow' : 'wide'} shows-${shows}`}
      style={{ '--side': `${side}px`, '--inspector': `${tall}px` } as CSSProperties}
    >
      <Suspense fallback={<header className="head" />}>
        <Header />
      </Suspense>
      <Suspense fallback={null}>{painted && <Recovered />}</Suspense>
      <main className="work">
        {learns && (
          <Pane says={words.brokenPanel}>
            <Lesson />
          </Pane>
        )}
        <Suspense fallback={<nav className="rail" />}>
          <Palette />
        </Suspense>
        <div className="middle">
          <Pane says={words.brokenCanvas}>
            <Canvas />
          </Pane>
          <Doors />
        </div>
        <Suspense fallback={<div className="splitter vertical" />}>
          <Splitter label={words.splitSide} line="vertical" value={side} min={300} max={760} onChange={setSide} />
        </Suspense>
        <div className="side">
          <Pane says={words.brokenInspector}>{painted && <Inspector />}</Pane>
          <Suspense fallback={<div className="splitter horizontal" />}>
            <Splitter label={words.splitInspector} line="horizontal" value={tall} min={120} max={640} onChange={setTall} />
          </Suspense>
          <div className="code-pane">
            <Pane says={words.brokenYaml}>{painted && <YamlPane />}</Pane>
          </div>
        </div>
        <Suspense fallback={<section className="strip" />}>
          {painted ? <Strip height={strip} onHeight={setStrip} always={narrow} /> : <section className="strip" />}
        </Suspense>
      </main>
      {narrow && <Tabs tab={tab} onTab={setTab} learns={learns} />}
      <Dialogs />
    </div>
  )
}

function Pane({ says, children }: { says: string; children: ReactNode }) {
  const words = useWords()
  return (
    <Boundary says={says} again={words.tryAgain}>
      <Suspense fallback={<p className="loading">{words.loading}</p>}>{children}</Suspense>
    </Boundary>
  )
}

const dialogs: Record<DialogId, typeof Gallery> = {
  gallery: Gallery,
  addFlow: AddFlow,
  help: Help,
  needs: Needs,
  import: Import,
  compare: Compare,
  lessons: Lessons,
  designs: Designs,
  versions: Versions,
  share: Share,
  picture: PictureExport,
  paths: Paths,
  stored: Stored,
  commands: Commands,
  find: Commands,
}

function Dialogs() {
  const words = useWords()
  const panel = useDesigner((s) => s.panel)
  const asks = useDesigner((s) => (s.question ?? s.fixing) !== null)
  const Open = asks ? Ask : panel && dialogs[panel]
  if (!Open) return null
  return (
    <Boundary key={asks ? 'ask' : panel} says={words.brokenPanel} again={words.tryAgain}>
      <Suspense fallback={null}>
        <Open onClose={() => openPanel(null)} />
      </Suspense>
    </Boundary>
  )
}

const tabs: readonly { id: Tab; icon: FirstIcon; word: 'canvas' | 'inspector' | 'yaml' | 'problems' | 'lesson' }[] = [
  { id: 'lesson', icon: 'lesson', word: 'lesson' },
  { id: 'canvas', icon: 'tidy', word: 'canvas' },
  { id: 'inspector', icon: 'sliders', word: 'inspector' },
  { id: 'yaml', icon: 'code', word: 'yaml' },
  { id: 'strip', icon: 'warn', word: 'problems' },
]

function Tabs({ tab, onTab, learns }: { tab: Tab; onTab(tab: Tab): void; learns: boolean }) {
  const words = useWords()
  return (
    <nav className="tabs" aria-label={words.tabs}>
      {tabs.slice(learns ? 0 : 1).map(({ id, icon, word }) => (
        <button type="button" key={id} data-tab={id} aria-current={tab === id ? 'page' : undefined} onClick={() => onTab(id)}>
          <Icon name={icon} size="l" />
          {words[word]}
        </button>
      ))}
    </nav>
  )
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia('(max-width: 900px)').matches)
  useEffect(() => {
    const media = matchMedia('(max-width: 900px)')
    const changed = () => setNarrow(media.matches)
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }, [])
  return narrow
}

/** A size of a pane, remembered in this browser. */
function useSize(key: string, first: number): [number, (value: number) => void] {
  const [size, setSize] = useState(() => Number(remembered(key)) || first)
  return [
    size,
    (value) => {
      setSize(value)
      remember(key, String(value))
    },
  ]
}
