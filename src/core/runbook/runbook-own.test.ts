/** The runbook of a text that a person wrote: that text is applied, word by word, and what is told follows from it. */
import { expect, test } from 'vitest'
import { examples } from '../../examples'
import { compile } from '../compile/compile'
import { dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import type { Document } from '../yaml/document'
import { parse } from '../yaml/parse'
import type { Block } from './chapters/kind'
import { toMarkdown } from './markdown'
import { type Runbook, runbookOf } from './runbook'
import { toScript } from './script'

const dialect = dialects['istio-v1']
const { design } = examples.find(({ id }) => id === 'tls-origination-mtls') as (typeof examples)[number]
const printed = textOf(print(compile(design, dialect), dialect, { comments: true, lang: 'en' }))
const written = (text: string, refused: (document: Document) => boolean = () => false): Runbook => {
  const parsed = parse(text)
  return runbookOf(design, dialect, [], { parsed, refused: new Set(parsed.documents.filter(refused)) })
}
const blocks = (runbook: Runbook, id: string): Block[] => runbook.chapters.find((chapter) => chapter.id === id)?.blocks ?? []
const runs = (runbook: Runbook, id: string): string =>
  blocks(runbook, id)
    .map(({ run }) => run)
    .join('\n')

/** What the heredocs of a chapter hold, in their order. */
const fed = (runbook: Runbook): string =>
  [...runs(runbook, 'apply').matchAll(/^kubectl apply [^\n]*<<'(EOF_*)'\n([\s\S]*?)^\1$/gm)].map(([, , text]) => text).join('---\n')

test('kubectl gets the very text, comments and all, in its own order', () => {
  const text = `# mine\n${printed.replace('number: 443', 'number: 443 # TLS')}`
  const turned = text.split('---\n').toReversed().join('---\n')
  expect(fed(written(text))).toBe(text)
  expect(fed(written(turned))).toBe(turned)
})

test('what is expected follows from the text, not from the picture', () => {
  const broken = printed.replace(/^.*sni: edition\.cnn\.com\n/m, '')
  expect(broken).not.toBe(printed)
  const [right, wrong] = [written(printed), written(broken)].map((runbook) => blocks(runbook, 'verify')[0]?.expect)
  expect([right, wrong]).toEqual(['HTTP/1.1 200 OK\n…', 'HTTP/1.1 503 Service Unavailable\n…'])
  expect(blocks(written(broken), 'logs').some((block) => block.expect?.includes('filter_chain_not_found'))).toBe(true)
})

test('an object without a namespace goes where it is read as being', () => {
  const bare = printed.replaceAll(/^ {2}namespace: default\n/gm, '')
  const commands = [...runs(written(bare), 'apply').matchAll(/^kubectl apply [^\n<]*/gm)].map(([line]) => line.trim())
  expect(new Set(commands)).toEqual(new Set(['kubectl apply -n default -f -', 'kubectl apply -f -']))
  expect(fed(written(bare))).toBe(bare)
})

test('cleanup takes routes and guards; what may have been there before is left to the person', () => {
  const more = `${printed}---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: team\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio\n  namespace: istio-system\n`
  const runbook = written(more)
  const script = toScript(runbook, 'en')
  expect(runs(runbook, 'cleanup')).toMatch(/kubectl delete -n istio-system configmap\/istio /)
  expect(script).not.toMatch(/kubectl delete [^\n]*(configmap|namespace)\//)
  expect(script).toMatch(/kubectl delete -n default vs\/edition-cnn-com /)
})

test('keys are not repeated, and a Secret is looked for', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: mine\n  namespace: istio-system\nstringData:\n  tls.key: very-private\n'
  const runbook = written(`${printed}---\n${secret}`)
  expect(JSON.stringify(runbook)).not.toContain('very-private')
  expect(runs(runbook, 'apply')).toContain('kubectl get -n istio-system secret/mine')
})

test('what is left out is said at the top', () => {
  expect(written(printed).notes).toEqual([])
  const broken = written(`${printed}---\nkind: [\n`)
  expect(broken.notes.map(({ en }) => en).join()).toContain('syntax')
  expect(fed(broken).trim()).toBe(printed.trim())
  const refused = written(printed, ({ kind }) => kind === 'Gateway')
  expect(refused.notes.map(({ en }) => en).join()).toContain('refuse Gateway istio-egressgateway')
  expect(blocks(refused, 'apply').find(({ says }) => says.en.startsWith('A cluster refuses'))?.script).toBeUndefined()
  expect(blocks(refused, 'verify')[0]?.expect).not.toContain('200')
  for (const lang of ['en', 'zh'] as const) {
    expect(toMarkdown(refused, lang)).toMatch(/^> .*Gateway istio-egressgateway/m)
    expect(toScript(refused, lang)).toMatch(/^# .*Gateway istio-egressgateway/m)
  }
})

test.each(['', '---\n', 'kind: [', 'a: b', '# nothing\n', 'apiVersion: v1\nkind: List\nitems: []\n'])('%j has a runbook too', (text) => {
  expect(written(text).chapters.length).toBeGreaterThan(0)
})

test('what the text had before and has no more is deleted by a command that says why, and by the script where it made it', () => {
  const pieces = printed.split('---\n')
  const entry = pieces.find((piece) => piece.includes('kind: VirtualService')) as string
  const parsed = parse(pieces.filter((piece) => piece !== entry).join('---\n'))
  const old = parse(`${printed}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n  namespace: team\n`).documents
  const gone = old.filter(({ kind, name }) => !parsed.documents.some((document) => document.kind === kind && document.name === name))
  const runbook = runbookOf(design, dialect, [], { parsed, refused: new Set() }, gone)
  const [route, config] = blocks(runbook, 'apply').filter(({ run }) => run.startsWith('kubectl delete'))
  expect([route?.run, config?.run]).toEqual([
    'kubectl delete -n default vs/edition-cnn-com --ignore-not-found',
    'kubectl delete -n team configmap/mine --ignore-not-found',
  ])
  expect(route?.says.en).toContain('proxies go on to obey them')
  const script = toScript(runbook, 'en')
  expect(script).toMatch(/^gone default vs\/edition-cnn-com$/m)
  expect(script).not.toContain('configmap/mine')
  expect(blocks(written(printed), 'apply').some(({ run }) => run.startsWith('kubectl delete'))).toBe(false)
})
