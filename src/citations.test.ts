/** Comments cite the README of core/istio or of core/compile as `istio/README 7.2`; here each citation and each case of the lab is looked up. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const listed = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => ending.test(file) && !file.includes('/node_modules/'))
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const own = 'src/citations.test.ts'
const code = [...listed('src', /\.(tsx?|css)$/), ...listed('e2e', /\.(ts|mjs|go)$/)].filter((file) => file !== own)
const readmes = ['istio', 'compile']
const texts = new Map(readmes.map((room) => [room, textOf(`src/core/${room}/README.md`)]))

/** Numbers of headings, and of the points of a numbered list below one: 7.1 and 7.1.3. */
function sectionsOf(text: string): Set<string> {
  const sections = new Set<string>()
  let heading = ''
  for (const line of text.split('\n')) {
    heading = /^#+ (\d[\d.]*\d|\d)\.? /.exec(line)?.[1] ?? heading
    const point = /^(\d+)\. /.exec(line)?.[1]
    sections.add(point ? `${heading}.${point}` : heading)
  }
  return sections
}

const citation = /\b(istio|compile)\/README\b(?: (\d[\d.]*(?:, \d[\d.]*)*))?/g

test('every citation of a README names sections that it has', () => {
  const cited = [...code, ...readmes.map((room) => `src/core/${room}/README.md`)].flatMap((file) =>
    [...textOf(file).matchAll(citation)].map(([said, room = '', numbers]) => ({ file, said, room, numbers })),
  )
  const sections = new Map([...texts].map(([room, text]) => [room, sectionsOf(text)]))
  const broken = cited.filter(({ file, room, numbers }) => {
    if (!sections.has(room)) return true
    if (!numbers) return !file.endsWith('.md')
    return numbers.split(', ').some((number) => !sections.get(room)?.has(number.replace(/\.$/, '')))
  })
  expect(cited.length).toBeGreaterThan(100)
  expect(broken.map(({ file, said }) => `${file}: ${said}`)).toEqual([])
})

test('no source cites a text that the repository does not hold', () => {
  const held = new Set(['README.md', ...listed('src', /\.md$/), ...listed('e2e', /\.md$/)].map((file) => file.split('/').at(-1)))
  const stranger = code.flatMap((file) =>
    [...textOf(file).matchAll(/(?:\/\/|\*)[^\n]*?\b([\w-]+\.md)\b/g)]
      .filter(([, name]) => !held.has(name))
      .map(([, name]) => `${file}: ${name}`),
  )
  expect(stranger).toEqual([])
})

test.each([...texts])('every case of the lab that the README of %s names is there', (_, text) => {
  const cases = new Set(listed('e2e/mesh', /\/(cases|corpus|kept)\/[\w-]+\.yaml$/).map((file) => /([\w-]+)\.yaml$/.exec(file)?.[1]))
  const named = [...text.matchAll(/\[lab: ([\w, -]+)/g)]
    .flatMap(([, names = '']) => names.split(', '))
    .map((name) => name.split(' ')[0])
    .filter((name) => name !== 'name')
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !cases.has(name))).toEqual([])
})
