/** Bytes that an entry takes from another host: the app may see a 200, and it is not from whom it asked. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { surroundingsOfCase } from '../istio/surroundings'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { trace } from './trace'

const field = new URL('../../../e2e/mesh/field/', import.meta.url)

test.each([
  ['redis-all-6379.yaml', 'default/sleep', 'redis-main.example.com:6379', null],
  ['redis-all-6379.yaml', 'default/sleep', 'redis-other.example.com:6379', 'redis-main.example.com'],
  ['kafka-same-port.yaml', 'default/sleep', 'kafka-two.example.com:9092', 'kafka-one.example.com'],
  ['pg-two-ns.yaml', 'reports/app', 'reports-db.example.com:5432', 'flags-db.example.com'],
])('%s: %s asks %s', (file, from, authority, by) => {
  const of = (parse(readFileSync(new URL(file, field), 'utf8')).documents[0]?.object ?? {}) as { yaml?: string }
  const mesh = read(parse(of.yaml ?? '').documents)
  const { says, outcome, failure } = trace(mesh, surroundingsOfCase(of), { from, url: `http://${authority}/`, curl: [] })
  expect([outcome.status, failure]).toEqual([200, null])
  const [host = ''] = authority.split(':')
  for (const sentence of [says.en, says.zh]) {
    expect(sentence.includes(host)).toBe(by !== null)
    expect(sentence.includes(by ?? host)).toBe(by !== null)
  }
})
