/**
 * What real proxies made of configurations: random ones in which the tracer once said otherwise (`kept`), and ones rebuilt from public reports
 * (`field`), with what was seen of each request (e2e/mesh/README.md).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { surroundingsOfCase } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { type LabOutcome, labOutcome } from './lab-outcome'
import { trace } from './trace'

interface Case {
  yaml: string
  requests: { url: string; from?: string; curl?: string[]; expect: Partial<LabOutcome> }[]
}

const lab = join(dirname(fileURLToPath(import.meta.url)), '../../../e2e/mesh')
const files = ['kept', 'field'].flatMap((folder) =>
  readdirSync(join(lab, folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${folder}/${file}`),
)
/** What is not modelled there, of which the tracer says so. */
const unmodelled: Readonly<Record<string, RegExp>> = { 'field/tunnel-idp.yaml': /CONNECT/ }

/** Flags are a set. A connection closed without a byte is an empty reply or a reset: which, is a race (istio/README 7.8). */
const settled = ({ status, exit, hops = [], server }: Partial<LabOutcome>) => ({
  status,
  exit: exit === 52 ? 56 : exit,
  hops: hops.map(({ proxy, code, flags, tls, sni, peer, cluster }) => ({
    proxy,
    code,
    flags: flags.split(',').toSorted(),
    tls,
    sni,
    peer,
    cluster,
  })),
  server: server ? { port: server.port, tls: server.tls, sni: server.sni, clientCert: server.clientCert } : null,
})

test.each(files)('%s', (file) => {
  const of = load(readFileSync(join(lab, file), 'utf8')) as Case
  const around = surroundingsOfCase(of)
  const mesh = read(parse(of.yaml).documents)
  const [first] = around.pods
  expect(of.requests.length).toBeGreaterThan(0)
  for (const { url, from, curl, expect: wanted } of of.requests) {
    const told = trace(mesh, around, { url, from: from ?? `${first?.namespace}/${first?.name}`, curl: curl ?? [] })
    if (unmodelled[file]) expect(told.unknown?.en).toMatch(unmodelled[file])
    else expect([told.unknown, settled(labOutcome(told.outcome))], url).toEqual([null, settled(wanted)])
  }
})
