/** What is secret leaves by no door: not with the stored document, an exported text, a notation, a runbook, or what the parser hands on. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyKeyText, anySpelling, anyWithSecret } from '../../../testing/any-secret'
import { runs } from '../../../testing/runs'
import { inside } from '../../base/loose'
import { compile } from '../../compile/compile'
import { dialects } from '../../compile/dialects'
import { print, textOf } from '../../compile/print'
import { type Design, emptyDesign } from '../../model/design'
import { designFromJson, workToJson } from '../../model/link'
import { readNotation, writeNotation } from '../../model/notation'
import { toMarkdown } from '../../runbook/markdown'
import { runbookOf } from '../../runbook/runbook'
import { toScript } from '../../runbook/script'
import { parse } from '../parse'

const dialect = dialects['istio-v1']
const { design } = readNotation('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> edition.cnn.com:443 MUTUAL credentialName=client')
const langs = ['en', 'zh'] as const
const leaks = (text: string, secrets: readonly string[]): readonly string[] => secrets.filter((secret) => text.includes(secret))

test('the stored document holds none of a person’s text, and is read again', () => {
  fc.assert(
    fc.property(anyWithSecret, ({ text, secrets }) => {
      const stored = workToJson({ design, draft: { text, is: 'drawn' } })
      expect(leaks(stored, secrets)).toEqual([])
      const { draft } = designFromJson(stored)
      expect(workToJson({ design, draft })).toBe(stored)
    }),
    runs(200),
  )
})

test('the runbook of a person’s text repeats none', () => {
  fc.assert(
    fc.property(anyWithSecret, ({ text, secrets }) => {
      const runbook = runbookOf(design, dialect, [], { parsed: parse(text), refused: new Set() })
      expect(leaks(JSON.stringify(runbook), secrets)).toEqual([])
      for (const lang of langs) expect(leaks(toMarkdown(runbook, lang) + toScript(runbook, lang), secrets)).toEqual([])
    }),
    runs(60),
  )
})

test('what the parser hands on holds no value of a Secret, where a cluster would read one', () => {
  fc.assert(
    fc.property(anySpelling, ({ text, secrets }) => {
      for (const { kind, object } of parse(text).documents) {
        const { data, stringData, metadata } = object
        if (kind === 'Secret') expect(leaks(JSON.stringify([data, stringData, inside(metadata, 'annotations')]), secrets)).toEqual([])
      }
    }),
    runs(300),
  )
})

/** Where a person may paste something: each text of a design. */
const places: Readonly<Record<string, (key: string) => Design>> = {
  'a name': (key) => ({ ...design, name: key }),
  'a node': (key) => ({ ...design, nodes: design.nodes.map((node) => ({ ...node, name: key })) }),
  'a namespace': (key) => ({ ...design, nodes: design.nodes.map((node) => ({ ...node, namespace: key })) }),
  'a label': (key) => ({ ...design, nodes: design.nodes.map((node) => ({ ...node, fields: { ...node.fields, labels: { app: key } } })) }),
  'an endpoint': (key) => ({ ...design, nodes: design.nodes.map((node) => ({ ...node, fields: { ...node.fields, endpoints: [key] } })) }),
  ...Object.fromEntries(
    (['sni', 'credentialName', 'caCertificates', 'clientCertificate', 'privateKey'] as const).map((field) => [
      field,
      (key: string): Design => ({
        ...design,
        hops: design.hops.map((hop) => ('wire' in hop ? { ...hop, wire: { ...hop.wire, fields: { [field]: key } } } : hop)),
      }),
    ]),
  ),
  'a resource': (key) => ({ ...design, names: { ...design.names, 'ServiceEntry edition.cnn.com': key } }),
  'the World': (key) => ({ ...design, world: { ...design.world, root: key } }),
  'a guard': (key) => ({ ...emptyDesign, guards: [{ kind: 'NetworkPolicy', namespace: key, dns: true }] }),
}

test.each(Object.keys(places))('a key that was pasted into %s is stored, exported and printed nowhere', (place) => {
  fc.assert(
    fc.property(anyKeyText, ({ text, secrets }) => {
      const pasted = (places[place] as (key: string) => Design)(text)
      const compiled = compile(pasted, dialect)
      const runbook = runbookOf(pasted, dialect)
      for (const out of [
        workToJson({ design: pasted, draft: null }),
        writeNotation(pasted),
        ...langs.flatMap((lang) => [
          textOf(print(compiled, dialect, { comments: true, lang })),
          toMarkdown(runbook, lang),
          toScript(runbook, lang),
        ]),
      ])
        expect(leaks(out, secrets)).toEqual([])
    }),
    runs(6),
  )
})
