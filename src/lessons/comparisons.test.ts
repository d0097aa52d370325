/** What a comparison calls the tutorials' own YAML is in them, letter by letter (e2e/mesh/tutorials). */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lessons } from './catalog'

const folder = new URL('../../e2e/mesh/tutorials/', import.meta.url)
const documentsOf = (text: string) => text.split(/^---$/m).map((document) => document.trim())
const tutorials = new Set(readdirSync(folder).flatMap((file) => documentsOf(readFileSync(new URL(file, folder), 'utf8'))))

const comparisons = lessons.flatMap(({ id, comparisons: all = [] }) => all.map((each) => [id, each.title.en, each.original] as const))

test.each(comparisons)('%s: %s', (_, __, original) => {
  for (const document of documentsOf(original)) expect([...tutorials]).toContain(document)
})
