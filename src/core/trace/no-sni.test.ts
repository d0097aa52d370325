/** TLS to an IP address: curl names no SNI, so that no rule for a name takes it. The trace says so (e2e/mesh/field/ip-tls). */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { surroundingsOfCase } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { trace } from './trace'

const file = join(dirname(fileURLToPath(import.meta.url)), '../../../e2e/mesh/field/ip-tls.yaml')
const { yaml, ...around } = load(readFileSync(file, 'utf8')) as { yaml: string }

test.each([
  ['ALLOW_ANY', 'ALLOW_ANY lets it pass as it is, unmanaged.'],
  ['REGISTRY_ONLY', 'REGISTRY_ONLY closes the connection.'],
])('under %s', (outbound, then) => {
  const there = surroundingsOfCase({ ...around, outbound })
  const { steps } = trace(read(parse(yaml).documents), there, { from: 'default/sleep', url: 'https://203.0.113.9/', curl: ['-k'] })
  expect(steps.find(({ stage }) => stage === 'chain')?.says.en).toBe(
    `TLS to an IP address has no SNI, and the chains here are for SNI elk-placeholder.example.com: ${then}`,
  )
})
