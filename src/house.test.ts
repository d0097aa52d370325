/** The laws of this tree: who may import whom, what the first paint may need, and that every list is complete. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { rest } from './words/en/rest'

/** What most rooms of core build on. */
const ground = ['core/base', 'core/yaml', 'core/istio']

/** A room, or a file with a law of its own -> the rooms, files and packages that it may import. Its own room is always allowed. */
const rooms: Record<string, readonly string[]> = {
  'core/base': [],
  'core/yaml': ['core/base'],
  'core/yaml/parse.ts': ['core/base', 'js-yaml'],
  'core/yaml/patch.ts': ['core/base', 'yaml'],
  'core/istio': ['core/base', 'core/yaml'],
  'core/istio/regex.ts': ['core/base', 're2js'],
  'core/model': [...ground],
  'core/model/link.ts': ['core/base', 'core/yaml', 'valibot'],
  'core/read': [...ground],
  'core/compile': [...ground, 'core/model'],
  'core/compile/print.ts': ['core/base', 'core/yaml', 'js-yaml'],
  'core/trace': [...ground],
  'core/rules': [...ground],
  'core/lint': [...ground, 'core/rules'],
  'core/webhook': [...ground, 'core/rules'],
  'core/retired': ['core/base', 'core/yaml', 'core/rules'],
  'core/schema': ['core/base', 'core/yaml'],
  'core/analyze': [...ground, 'core/rules', 'core/webhook', 'core/retired'],
  'core/check': [...ground, 'core/trace', 'core/schema', 'core/rules', 'core/lint', 'core/webhook', 'core/retired'],
  'core/picture': [...ground, 'core/model', 'core/compile'],
  'core/figure': ['core/base', 'core/istio', 'core/model', 'core/compile'],
  'core/edit': [
    ...ground,
    'core/model',
    'core/read',
    'core/compile',
    'core/schema',
    'core/trace',
    'core/analyze',
    'core/check',
    'core/webhook',
    'core/picture',
  ],
  'core/runbook': [...ground, 'core/model', 'core/read', 'core/compile', 'core/trace', 'core/analyze', 'core/picture'],
  'core/understand': [...ground, 'core/model', 'core/read', 'core/schema', 'core/trace', 'core/check', 'core/picture'],
  words: [],
  examples: ['core'],
  lessons: ['core'],
  'lessons/read.ts': ['core', 'valibot'],
  'lessons/apart.ts': ['core', 'virtual:lessons'],
  'lessons/goals/kind.ts': ['valibot'],
  // The colours of an exported picture are those of the app.
  commands: ['core', 'examples', 'lessons', 'schemas', 'ui/tokens.css'],
  'commands/unified.ts': ['diff'],
  'command-line.ts': ['commands'],
  'cli.ts': ['command-line.ts', 'commands', 'node:fs', 'node:process'],
  offline: [],
  'offline/worker.ts': ['workbox-precaching'],
  store: ['core', 'lessons', 'offline', 'schemas', 'words', 'zustand', 'idb-keyval'],
  'store/state/use.ts': ['zustand'],
  'store/text/differing.ts': ['diff'],
  ui: ['core/figure', 'react'],
  canvas: ['core', 'store', 'ui', 'words', 'react', 'react-dom', '@xyflow/react'],
  editor: ['core', 'schemas', 'store', 'ui', 'words', 'react'],
  'editor/assist.ts': ['core', 'store', 'monaco-editor'],
  'editor/monaco.ts': ['store', 'monaco-editor'],
  'editor/monaco-zh.ts': ['monaco-editor'],
  panels: ['core', 'store', 'ui', 'words', 'examples', 'lessons', 'react'],
  'panels/documents/Qr.tsx': ['store', 'uqr'],
  // Two pictures as one are drawn as the canvas draws.
  'panels/dialogs/Picture.tsx': ['canvas', 'core', 'store', 'words', 'react'],
  embed: ['core', 'schemas', 'store', 'ui', 'words', 'react', 'react-dom'],
  'App.tsx': ['canvas', 'editor', 'panels', 'ui', 'store', 'react'],
  'main.tsx': ['App.tsx', 'store', 'examples', 'ui', 'react', 'react-dom'],
  'testing/worst.ts': ['@eslint-community/regexpp'],
  'testing/stub-tools.ts': ['node:child_process', 'node:fs', 'node:os', 'node:path'],
  testing: ['core', 'lessons', 'schemas', 'store', 'fast-check', 'vitest'],
  'testing/restyled/layouts.ts': ['js-yaml'],
}

/** What comes after the first paint, by dynamic import. */
const later = [
  /^core\/(read|trace|rules|lint|webhook|retired|schema|analyze|check|edit|runbook|understand)\//,
  /^core\/yaml\/(parse|patch)/,
  /^(schemas|panels|lessons)\//,
  /^editor\/(monaco|assist|schemas)/,
  /^monaco-editor/,
]

interface Import {
  to: string
  /** False for `import type`, which vanishes when the app is built; `import { type X }` does not. */
  runs: boolean
  dynamic: boolean
}

const src = dirname(fileURLToPath(import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .toSorted()
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const sources = files.filter((file) => !isTest(file))
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')
const graph = new Map(files.map((file) => [file, importsOf(file)]))
const importsFrom = (file: string): readonly Import[] => graph.get(file) ?? []

/** Every import of a file: a file of ours by its path below `src`, anything else by the name of its package. */
function importsOf(file: string): Import[] {
  const text = textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
  const found: Import[] = []
  for (const [, type, from] of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s*from\s*)?['"]([^'"]+)['"]/gm))
    found.push({ to: resolved(file, String(from)), runs: !type, dynamic: false })
  for (const [, from] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g))
    found.push({ to: resolved(file, String(from)), runs: true, dynamic: true })
  return found
}

function resolved(file: string, from: string): string {
  const plain = from.replace(/\?.*$/, '')
  if (!plain.startsWith('.'))
    return plain.startsWith('node:')
      ? plain
      : plain
          .split('/')
          .slice(0, plain.startsWith('@') ? 2 : 1)
          .join('/')
  const path = posix.normalize(posix.join(posix.dirname(file), plain))
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`]
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(src, candidate))) ?? path
}

/** The folder that is a room: of core each folder in it, else the one below `src`. */
const folderOf = (file: string): string =>
  file
    .split('/')
    .slice(0, file.startsWith('core/') ? 2 : 1)
    .join('/')
/** A file with a law of its own, or else the room it lies in. */
const roomOf = (file: string): string => (file in rooms ? file : folderOf(file))
const mayImport = (file: string, to: string): boolean =>
  folderOf(file) === folderOf(to) || !!rooms[roomOf(file)]?.some((room) => room === to || to.startsWith(`${room}/`))

test.each(sources)('%s imports only what its room may', (file) => {
  const forbidden = importsFrom(file).filter(({ to }) => !mayImport(file, to))
  expect(forbidden.map(({ to }) => to)).toEqual([])
})

test('every room in the table exists, and every room has its line', () => {
  expect(Object.keys(rooms).filter((room) => !existsSync(join(src, room)))).toEqual([])
  expect(sources.filter((file) => !(roomOf(file) in rooms))).toEqual([])
})

test('a package that is one file’s alone is no other’s', () => {
  const owned = Object.entries(rooms).filter(([room]) => room.includes('/'))
  for (const [owner, allowed] of owned) {
    const alone = allowed.filter((name) => !(name in rooms) && !['react', 'zustand'].includes(name))
    // A file with a line of its own for the same package, such as Monaco's Chinese words, owns it too.
    const mayToo = (file: string) => alone.some((name) => rooms[file]?.includes(name))
    const others = sources.filter((file) => file !== owner && !mayToo(file) && importsFrom(file).some(({ to }) => alone.includes(to)))
    expect(others, `only ${owner} knows ${alone}`).toEqual([])
  }
})

test('the rooms of core lie on floors: none has an arrow to one that comes after it in the table', () => {
  const order = Object.keys(rooms).filter((room) => room.startsWith('core/'))
  const upward = order.flatMap((room) =>
    (rooms[room] ?? []).filter((to) => order.indexOf(to) > order.indexOf(room)).map((to) => `${room} > ${to}`),
  )
  expect(upward).toEqual([])
})

test('each room that the table lets in is used', () => {
  const idle = Object.entries(rooms).flatMap(([room, allowed]) => {
    const own = sources.filter((file) => roomOf(file) === room)
    const used = own.flatMap((file) => importsFrom(file).map(({ to }) => to))
    return allowed.filter((to) => !used.some((each) => each === to || each.startsWith(`${to}/`))).map((to) => `${room} > ${to}`)
  })
  expect(idle).toEqual([])
})

test('no room of core holds more than a fifth of its lines', () => {
  const lines = new Map<string, number>()
  for (const file of sources.filter((each) => each.startsWith('core/')))
    lines.set(folderOf(file), (lines.get(folderOf(file)) ?? 0) + textOf(file).split('\n').length)
  const all = [...lines.values()].reduce((sum, each) => sum + each, 0)
  expect([...lines].filter(([, each]) => each > all / 5)).toEqual([])
})

test('no circle', () => {
  const seen = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, above: readonly string[]) => {
    if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' > '))
    if (above.includes(file) || seen.has(file)) return
    for (const { to } of importsFrom(file)) if (graph.has(to)) visit(to, [...above, file])
    seen.add(file)
  }
  for (const file of sources) visit(file, [])
  expect(circles).toEqual([])
})

/** A folder of kinds: a contract, a list, and a file a kind. */
const lists = sources.filter((file) => file.endsWith('/index.ts') && sources.includes(`${dirname(file)}/kind.ts`))

test('every list names each file beside it', () => {
  for (const list of lists) {
    const beside = sources.filter((file) => dirname(file) === dirname(list) && !/\/(kind|index)\.tsx?$/.test(file))
    // What kinds share lies beside them too: it is reached through them.
    const reached = reachedFrom(list, ({ to }) => dirname(to) === dirname(list))
    expect(
      beside.filter((file) => !reached.has(file)),
      `missing in ${list}`,
    ).toEqual([])
  }
})

test('no list is imported from beside, and a list re-exports nothing', () => {
  const fromBeside = lists.flatMap((list) =>
    sources.filter((file) => file !== list && dirname(file) === dirname(list) && importsFrom(file).some(({ to }) => to === list)),
  )
  expect(fromBeside).toEqual([])
  expect(lists.filter((list) => /^export\b[^=\n]*\bfrom\b/m.test(textOf(list)))).toEqual([])
})

/**
 * What Istio does is written in core/istio alone: how hosts compare, who sees an object, what a Service is called. `looks` finds a second copy in
 * code; `but` are files that do something else with the same letters, and why.
 */
const istioAlone: { says: string; looks: RegExp; but: Record<string, string> }[] = [
  {
    says: 'compares hosts with wildcards',
    looks: /\.startsWith\((['"`])\*\.?\1\)|\.endsWith\([\w.]+\.slice\(1\)\)/,
    but: {
      'core/model/field.ts': 'checks the letters of what a person types',
      'core/trace/wire.ts': 'compares names of certificates, whose wildcard is one label',
      'core/analyze/workloads.ts': 'compares strings of an AuthorizationPolicy',
    },
  },
  { says: 'decides by exportTo who sees an object', looks: /\bexportTo\??\.(some|includes|every|filter|find|map)\(/, but: {} },
  { says: 'builds or takes apart the name of a Service', looks: /\}\.svc\.cluster\.local|['"`/^]\.?svc\\?\.cluster/, but: {} },
]

test('a stage of the tracer gives a value: none of its exported functions returns nothing, and none keeps what it is given', () => {
  const stages = sources.filter((file) => file.startsWith('core/trace/'))
  expect(stages.length).toBeGreaterThan(20)
  const returnsNothing = /^export (?:async )?(?:function|const)[^\n]*\)\s*:\s*(?:void|undefined)\b/m
  const keeps = /^(?:export )?let |^(?:export )?const \w+ = new (?:Map|Set|WeakMap)\b[^\n]*\(\)/m
  expect(stages.filter((file) => returnsNothing.test(textOf(file)) || keeps.test(textOf(file)))).toEqual([])
})

test('names of proxies and clusters are taken apart at the border alone', () => {
  const parses = /\.(?:split|startsWith|indexOf|slice)\((['"`])(?:\||outbound\|?|sidecar ?|gateway ?)\1|\^\(sidecar\|gateway\)/
  const border = ['core/trace/lab-outcome.ts', 'core/istio/cluster-ref.ts']
  expect([...sources, ...besides].filter((file) => parses.test(textOf(file)))).toEqual(border.toSorted())
})

/** Texts that a person reads or applies: they write names in full. */
const isData = (file: string): boolean => /^(examples|lessons\/(catalog|comparisons))\//.test(file)
const besides = ['../e2e/mesh'].flatMap((folder) =>
  readdirSync(join(src, folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
)

test.each(istioAlone)('only core/istio $says', ({ looks, but }) => {
  const copies = [...sources, ...besides].filter((file) => !file.startsWith('core/istio/') && !isData(file) && looks.test(textOf(file)))
  expect(copies.filter((file) => !(file in but))).toEqual([])
  expect(Object.keys(but).filter((file) => !copies.includes(file))).toEqual([])
})

test('no source but a dialect’s own file and the choice of the first writes its id', () => {
  const writes = /['"`|]istio-v1(?:alpha3)?['"`|]/
  const elsewhere = [...sources, ...besides].filter(
    (file) => !/^core\/compile\/(dialects\/|default-dialect)/.test(file) && writes.test(textOf(file)),
  )
  expect(elsewhere).toEqual([])
})

/** Who compares with a mode's name, and why that is no question to core/istio/tls-mode.ts. */
const comparesModes: Record<string, string> = {
  'core/webhook/client-tls.ts': 'restates the rules of Istio’s webhook, which name the modes',
  'core/webhook/gateway-tls.ts': 'restates the rules of Istio’s webhook, which name the modes',
}

test('what a TLS mode means is asked of core/istio/tls-mode.ts: nobody else compares with its name', () => {
  const compares =
    /[!=]== '(?:DISABLE|ISTIO_MUTUAL|(?:OPTIONAL_)?MUTUAL|SIMPLE|(?:AUTO_)?PASSTHROUGH)'|\['(?:SIMPLE|MUTUAL|PASSTHROUGH)',[^\]]*\]\.includes/
  const copies = [...sources, ...besides].filter((file) => !isData(file) && !file.startsWith('testing/') && compares.test(textOf(file)))
  expect(copies.filter((file) => !file.startsWith('core/istio/')).toSorted()).toEqual(Object.keys(comparesModes).toSorted())
})

/** Where a module holds something that changes, and why that is no state of the store and no memo. */
const holders: Record<string, string> = {
  'editor/assist.ts': 'the marker that fades',
  'panels/trace/play.ts': 'the request that was played',
  'panels/inspector/FieldRow.tsx': 'a count of visits',
  'canvas/keyboard/keys.ts': 'a count of presses',
  'store/words/choose-lang.ts': 'which language was chosen last',
  'store/text/importing.ts': 'which import is the last one',
  'store/actions/actions.ts': 'the edit that is being written',
  'store/actions/jump.ts': 'the editor puts itself in',
  'store/actions/camera.ts': 'the canvas puts itself in',
  'store/actions/menu.ts': 'the canvas puts itself in',
  'store/actions/clipboard.ts': 'the clipboard of this page',
  'store/lesson/lesson-doc.ts': 'the own work that lies aside, with its history',
  'store/documents/boot.ts': 'what ends the saving of the document before',
  'store/documents/place.ts': 'where this page keeps things',
}

test('what is remembered of inputs is remembered by core/base/memo.ts, and no module holds what changes but those that say why', () => {
  const remembers = sources.filter((file) => /new Weak(Map|Ref|Set)\b/.test(textOf(file)))
  expect(remembers).toEqual(['core/base/memo.ts'])
  const holds = sources.filter((file) => /^(export )?let /m.test(textOf(file)))
  expect(holds).toEqual(Object.keys(holders).toSorted())
})

test('the store tells only of what changed, and nothing subscribes or waits because it is imported', () => {
  expect(files.filter((file) => /setState\(\{\s*\}\)/.test(textOf(file)) && !isTest(file))).toEqual([])
  const begins = /^(?:void |await )?(?:[\w.]*subscribe|setTimeout|setInterval|addEventListener|load\w+|start\w+)\(/m
  expect(sources.filter((file) => /^(store|core|lessons|editor|canvas|panels)\//.test(file) && begins.test(textOf(file)))).toEqual([])
})

test('no file over 400 lines', () => {
  expect(files.filter((file) => textOf(file).split('\n').length > 401)).toEqual([])
})

test('no test looks at the clock: what things cost is told by `npm run bench`', () => {
  const e2e = join(src, '../e2e')
  const specs = readdirSync(e2e, { encoding: 'utf8' }).filter((file) => file.endsWith('.spec.ts'))
  const clock = /\bperformance\.now\(|\bDate\.now\(|\bnew Date\(\)/
  expect(files.filter((file) => isTest(file) && file !== 'house.test.ts' && clock.test(textOf(file)))).toEqual([])
  expect(specs.filter((file) => clock.test(readFileSync(join(e2e, file), 'utf8')))).toEqual([])
})

test('a class gets its look in one file of CSS; others place it below a class of their own', () => {
  const looks = new Map<string, Set<string>>()
  const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'))
  for (const file of sheets) {
    const rules = textOf(file).replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [, selectors = ''] of rules.matchAll(/([^{}]+)\{/g)) {
      if (selectors.trim().startsWith('@')) continue
      for (const selector of selectors.split(/,(?![^()]*\))/).map((each) => each.trim())) {
        const [, name] = /[\s>+~](?![^()]*\))/.test(selector) ? [] : (/^\.([\w-]+)/.exec(selector) ?? [])
        if (name) looks.set(name, (looks.get(name) ?? new Set()).add(file))
      }
    }
  }
  expect(looks.size).toBeGreaterThan(100)
  expect([...looks].filter(([, files]) => files.size > 1).map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([])
})

test('colours are written once, in the tokens', () => {
  const tokens = textOf('ui/tokens.css')
  const names = [...tokens.matchAll(/^ {2}(--[\w-]+): [^;]*(?:#[0-9a-f]{3,8}|rgb\()/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(40)
  expect(new Set(names).size).toBe(names.length)
})

// Browsers come to answer with promises where they answered nothing (`scrollIntoView`): React would take one for what ends the effect.
test('an effect answers with what ends it, or with nothing', () => {
  const loose = /use(?:Layout)?Effect\(\(\) => (?!\{|void |\(\) =>|\w+\.bring\()/
  expect(sources.filter((file) => loose.test(textOf(file)))).toEqual([])
})

test('only tests import what is for tests', () => {
  const forTests = (to: string) => to.startsWith('testing/') || isTest(to) || to === 'vitest' || to === 'fast-check'
  expect(sources.filter((file) => folderOf(file) !== 'testing' && importsFrom(file).some(({ to }) => forTests(to)))).toEqual([])
})

test('main.tsx reaches only what the first paint needs', () => {
  const reached = reachedFrom('main.tsx', ({ runs, dynamic }) => runs && !dynamic)
  const tooEarly = [...reached].filter((file) => later.some((pattern) => pattern.test(file)))
  expect(tooEarly).toEqual([])
})

function reachedFrom(start: string, follows: (step: Import) => boolean): Set<string> {
  const reached = new Set([start])
  for (const file of reached) for (const step of importsFrom(file)) if (follows(step)) reached.add(step.to)
  return reached
}

test('the first paint says only words that are there by then', () => {
  const later = new Set(Object.keys(rest))
  const early = [...reachedFrom('main.tsx', ({ runs, dynamic }) => runs && !dynamic)].filter((file) => graph.has(file))
  expect(early.length).toBeGreaterThan(50)
  const words = (file: string) => [...textOf(file).matchAll(/\b(?:words|shell)\.(\w+)/g)].map(([, word]) => String(word))
  expect(
    early.flatMap((file) =>
      words(file)
        .filter((word) => later.has(word))
        .map((word) => `${file}: ${word}`),
    ),
  ).toEqual([])
})
