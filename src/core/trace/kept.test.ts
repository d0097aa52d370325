/** Random configurations in which the tracer once said otherwise than real proxies, with what was seen of each request (e2e/mesh/README.md). */
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

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../e2e/mesh/kept')
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))

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
  const of = load(readFileSync(join(folder, file), 'utf8')) as Case
  const around = surroundingsOfCase(of)
  const mesh = read(parse(of.yaml).documents)
  const [first] = around.pods
  expect(of.requests.length).toBeGreaterThan(0)
  for (const { url, from, curl, expect: wanted } of of.requests) {
    const told = trace(mesh, around, { url, from: from ?? `${first?.namespace}/${first?.name}`, curl: curl ?? [] })
    expect(told.unknown).toBeNull()
    expect(settled(labOutcome(told.outcome)), url).toEqual(settled(wanted))
  }
})
