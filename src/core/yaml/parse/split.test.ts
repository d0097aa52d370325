import { expect, test } from 'vitest'
import { parse } from '../parse'

test.each(['\n', '\r', '\r\n'])(
  'a head of comments and empty lines as long as one likes belongs to no document: lines end with %j',
  (end) => {
    const head = `# a word${end}${end}`.repeat(40_000)
    const { documents } = parse(`${head}---${end}kind: Service${end}`)
    expect(documents).toHaveLength(1)
  },
)
