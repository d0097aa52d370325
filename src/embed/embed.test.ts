/** A design in another page: what the address asks for, what is shown of any link, and the HTML that brings it there. */

import fc from 'fast-check'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { emptyDesign } from '../core/model/design'
import { readNotation } from '../core/model/notation'
import { linkOf } from '../store/documents/share'
import { type Embedding, embedCode } from '../store/documents/snippet'
import { runs } from '../testing/runs'
import { askedIn, embedViews } from './asked'
import { shownOf, yamlOf } from './shown'
import { tracedIn } from './traced'

const design = readNotation('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com SIMPLE').design
const work = { design, draft: null }

test('an address says what is shown; what it says wrongly is the picture', () => {
  expect(embedViews.map((view) => askedIn(`?embed=${view}`, 'en').view)).toEqual(['canvas', 'yaml', 'trace'])
  fc.assert(
    fc.property(fc.string(), fc.string(), (search, lang) => {
      const asked = askedIn(`?${search}`, lang)
      expect(embedViews).toContain(asked.view)
      expect(['en', 'zh']).toContain(asked.lang)
    }),
    runs(200),
  )
})

test('a link brings its YAML and its request; without a request the first path is asked along', async () => {
  const shown = await shownOf(await linkOf(work, { request: { from: 'default/sleep', url: 'http://edition.cnn.com/politics' } }))
  if (typeof shown === 'string') throw new Error(shown)
  expect(yamlOf(shown.work, 'en')).toContain('kind: DestinationRule')
  expect(tracedIn(shown, 'en')?.outcome.status).toBe(200)
  expect(tracedIn(shown, 'en')?.request.url).toBe('http://edition.cnn.com/politics')
  const silent = await shownOf(await linkOf(work, {}))
  expect(typeof silent !== 'string' && tracedIn(silent, 'en')?.request.url).toBe('http://edition.cnn.com/')
})

test('a person’s own text is shown as it is, and traced as a cluster would take it', async () => {
  const refused = 'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: a\nspec:\n  hosts: edition.cnn.com\n'
  const shown = await shownOf(await linkOf({ design, draft: { text: refused, is: 'drawn' } }, {}))
  if (typeof shown === 'string') throw new Error(shown)
  expect(yamlOf(shown.work, 'en')).toBe(refused)
  expect(tracedIn(shown, 'en')?.outcome.server).toEqual(expect.objectContaining({ port: 80 }))
})

test('what is no link says so, and an empty design has nothing to trace', async () => {
  expect(await shownOf('')).toBe('empty')
  expect(await shownOf('#d9=abc')).toBe('newer')
  const shown = await shownOf(await linkOf({ design: emptyDesign, draft: null }, {}))
  expect(typeof shown !== 'string' && tracedIn(shown, 'en')).toBeNull()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (hash) => {
      expect(['damaged', 'empty', 'long', 'newer']).toContain(await shownOf(`#d1=${hash}`))
    }),
    runs(100),
  )
})

test('the HTML is one iframe whose address and title are those of the design, whatever it is called', () => {
  const { document } = new Window()
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom<Embedding['view']>('canvas', 'yaml', 'trace'),
      fc.constantFrom<Embedding['theme']>('system', 'light', 'dark'),
      (title, view, theme) => {
        const app = 'https://docs.example.com/egress/index.html'
        document.body.innerHTML = embedCode({ app, hash: '#d1=abc', view, theme, lang: 'zh', title })
        expect(document.body.children).toHaveLength(1)
        const frame = document.body.children[0]
        expect([frame?.tagName, frame?.getAttribute('title')]).toEqual(['IFRAME', title])
        const address = new URL(frame?.getAttribute('src') ?? '')
        expect([address.origin, address.pathname, address.hash]).toEqual(['https://docs.example.com', '/egress/embed.html', '#d1=abc'])
        expect(askedIn(address.search, 'en').view).toBe(view)
        expect(address.searchParams.get('theme')).toBe(theme === 'system' ? null : theme)
      },
    ),
    runs(100),
  )
})
