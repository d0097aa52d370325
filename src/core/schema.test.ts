import { expect, test } from 'vitest'
import gatewayApi from '../schemas/gateway-api.json'
import words from '../schemas/gateway-api-words.json'
import istio from '../schemas/istio.json'
import kubernetes from '../schemas/kubernetes.json'
import type { Document } from './document'
import { parse } from './parse'
import { refused, schemasOf, shape } from './schema'
import recorded from './schema/refusals.json'

const schemas = schemasOf([istio, gatewayApi, kubernetes], words.descriptions)

type Damage = [base: number, path: (string | number)[], value: unknown[], says: string]

function damaged(value: unknown, [key, ...rest]: readonly (string | number)[], to: readonly unknown[]): unknown {
  if (key === undefined) return to.length === 0 ? value : to[0]
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  if (rest.length > 0) copy[key] = damaged(copy[key], rest, to)
  else if (to.length > 0) copy[key] = to[0]
  else if (Array.isArray(copy)) copy.splice(key as number, 1)
  else delete copy[key]
  return copy
}

const documentOf = (object: unknown): Document => {
  const [document] = parse(JSON.stringify(object)).documents
  if (!document) throw new Error(`no document: ${JSON.stringify(object)}`)
  return document
}

test('refuses what the API server refuses, over documents of every kind, each damaged at one place', () => {
  const wrong: string[] = []
  for (const [base, path, value, says] of recorded.cases as unknown as Damage[]) {
    const document = documentOf(damaged(recorded.documents[base], path, value))
    if (refused(document, schemas) !== (says !== ''))
      wrong.push(
        `${document.kind} ${path.join('.')} = ${JSON.stringify(value)}: lab «${says}», we «${shape([document], schemas).map(({ says: { en } }) => en)}»`,
      )
  }
  expect(recorded.cases.length).toBeGreaterThan(1000)
  expect(wrong).toEqual([])
})
