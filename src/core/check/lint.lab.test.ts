/** Cases of the lab whose every request arrives as it is meant to: no rule calls them wrong, with the lab's pods and gateways or as drawn. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { surroundingsOfCase } from '../istio/surroundings'
import { draw } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { lint } from './lint'

const lab = new URL('../../../e2e/mesh/', import.meta.url)

interface Case {
  yaml?: string
  manifests?: string[]
  requests: { expect?: { status?: number; hops?: { proxy: string }[] } }[]
}

/** What is left out on purpose in a case, though its request arrives: past the gateway. */
const astray = new Set(['m-mesh-missing.yaml', 'http-block-443.yaml'])
/**
 * Who the clients are, or what they speak, is not what the YAML says: it names a namespace that Istio then ignores; or a port of HTTPS to which
 * the app sends plain HTTP.
 */
const ignoring = new Set(['r-http-ns.yaml', 'bar-sni.yaml'])

const cases = ['cases/', 'corpus/', 'field/'].flatMap((folder) =>
  readdirSync(new URL(folder, lab))
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => {
      const of = parse(readFileSync(new URL(folder + file, lab), 'utf8')).documents[0]?.object as Partial<Case> | undefined
      const arrives = of?.requests?.every(({ expect: wanted }) => wanted?.status === 200) ?? false
      if (!of || !arrives || astray.has(file)) return []
      const yaml = of.yaml ?? (of.manifests ?? []).map((name) => readFileSync(new URL(folder + name, lab), 'utf8')).join('\n---\n')
      return [[file, yaml, of] as const]
    }),
)

test('there are many of them', () => expect(cases.length).toBeGreaterThan(60))

test.each(cases)('%s', (file, yaml, of) => {
  const { documents } = parse(yaml)
  const mesh = read(documents)
  const given = surroundingsOfCase(of)
  const { pods, gateways, calls } = surroundingsOf(draw(documents, mesh, null).design)
  for (const around of [given, ...(ignoring.has(file) ? [] : [{ ...given, pods, gateways, calls }])]) {
    const errors = lint({ documents, mesh, around }).filter(({ level }) => level === 'error')
    expect(errors.map(({ rule, says }) => `${rule} ${says.en}`)).toEqual([])
  }
})
