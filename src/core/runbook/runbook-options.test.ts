/** No name becomes an option of a command: a name that begins with a dash is in none, and what is left out is told. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examples } from '../../examples'
import { runs } from '../../testing/runs'
import { dialects } from '../compile/dialects'
import type { Design } from '../model/design'
import { parse } from '../yaml/parse'
import { runbookOf } from './runbook'
import { toScript } from './script'

const dialect = dialects['istio-v1']

/** Each place of a design that a command may name. */
const places: Readonly<Record<string, (design: Design, name: string) => Design>> = {
  root: (design, name) => ({ ...design, world: { ...design.world, root: name } }),
  namespace: (design, name) => ({ ...design, nodes: design.nodes.map((node) => ({ ...node, namespace: name })) }),
  name: (design, name) => ({ ...design, nodes: design.nodes.map((node) => ({ ...node, name })) }),
  guard: (design, name) => ({ ...design, guards: [{ kind: 'NetworkPolicy', namespace: name, dns: true }] }),
  account: (design, name) => ({
    ...design,
    nodes: design.nodes.map((node) => ({ ...node, fields: { ...node.fields, serviceAccount: name } })),
  }),
  credentialName: (design, name) => ({
    ...design,
    hops: design.hops.map((hop) =>
      'wire' in hop ? { ...hop, wire: { ...hop.wire, fields: { ...hop.wire.fields, credentialName: name } } } : hop,
    ),
  }),
  resource: (design, name) => ({ ...design, names: Object.fromEntries(Object.keys(design.names).map((slot) => [slot, name])) }),
}

const anyOption = fc.oneof(
  fc.constantFrom(
    '--all',
    '-f',
    '-fhttp://evil.example.com/x.yaml',
    '--server=https://evil.example.com',
    '--kubeconfig=/tmp/x',
    '-A',
    '--',
    '-',
  ),
  fc.stringMatching(/^--?[a-z]{1,12}(?:=[a-z:/.-]{1,20})?$/),
)

/** The words of commands as a shell sees them; texts that are fed to a command are none. */
const wordsOf = (script: string): string[] =>
  [...script.replace(/<<'(EOF_*)'\n(?:[^\n]*\n)*?\1(?=\n|$)/g, '').matchAll(/(?:'[^']*'|\\.|[^\s'\\;|()"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'/g, '$1'),
  )

/** Options that the commands themselves say. */
const own = new Set(
  wordsOf(
    examples
      .map(({ design }) =>
        runbookOf(design, dialect)
          .chapters.flatMap(({ blocks }) => blocks.flatMap(({ run, script }) => [run, script?.run ?? '']))
          .join('\n'),
      )
      .join('\n'),
  ),
)

test('a name that begins with a dash is a word of no command, in a design', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.constantFrom(...Object.keys(places)), anyOption, ({ design }, place, option) => {
      fc.pre(!own.has(option))
      const runbook = runbookOf((places[place] as (typeof places)[string])(design, option), dialect)
      const commands = runbook.chapters.flatMap(({ blocks }) => blocks.flatMap(({ run, script }) => [run, script?.run ?? '']))
      expect(wordsOf(commands.join('\n'))).not.toContain(option)
      const functions = toScript(runbook, 'en').match(/^(?:claim|own|gone) .*$/gm) ?? []
      expect(wordsOf(functions.join('\n'))).not.toContain(option)
    }),
    runs(120),
  )
})

test('the root namespace `--all` deletes nothing, and is told', () => {
  const { design } = examples[0] as (typeof examples)[number]
  const runbook = runbookOf({ ...design, world: { ...design.world, root: '--all' } }, dialect)
  expect(JSON.stringify(runbook.chapters)).not.toContain('delete namespace')
  expect(runbook.notes.map(({ en }) => en).join()).toContain('--all')
})

test('nor in a text of one’s own', () => {
  const { design } = examples[0] as (typeof examples)[number]
  fc.assert(
    fc.property(anyOption, (option) => {
      fc.pre(!own.has(option))
      const text = `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: a\n  namespace: ${JSON.stringify(option)}\nspec:\n  hosts: [a.example.com]\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${JSON.stringify(option)}\n`
      const runbook = runbookOf(design, dialect, [], { parsed: parse(text), refused: new Set() })
      const commands = runbook.chapters.flatMap(({ blocks }) => blocks.flatMap(({ run, script }) => [run, script?.run ?? '']))
      expect(wordsOf(commands.join('\n'))).not.toContain(option)
    }),
    runs(40),
  )
})
