import { describe, expect, test } from 'vitest'
import { addressOf, fileAddressOf, fileIn, lessonHash, readLessonLink } from './lesson-link'

describe('a link', () => {
  test.each([
    ['#lesson=http-gateway&step=3', { is: 'lesson', id: 'http-gateway', step: 2, present: false }],
    ['#lesson=http-gateway', { is: 'lesson', id: 'http-gateway', step: null, present: false }],
    ['#lesson=a&step=0', { is: 'lesson', id: 'a', step: null, present: false }],
    ['#lesson=a&step=two&present', { is: 'lesson', id: 'a', step: null, present: true }],
    ['#lesson-file=ab-_&step=1', { is: 'file', packed: 'ab-_', step: 0, present: false }],
    ['#something=else', null],
    ['', null],
  ])('%s', (hash, link) => expect(readLessonLink(hash)).toEqual(link))

  test('is read as it was made', () => {
    expect(readLessonLink(lessonHash(addressOf('a&b=c +'), 4))).toEqual({ is: 'lesson', id: 'a&b=c +', step: 4, present: false })
  })
})

describe('a file in a link', () => {
  const packedIn = async (text: string) => {
    const link = readLessonLink(lessonHash(await fileAddressOf(text), 0))
    return link?.is === 'file' ? link.packed : ''
  }

  test('comes out as it went in, letters of every kind too', async () => {
    const text = 'lesson: 1\ntitle: 经过网关 🚪\n'.repeat(200)
    const packed = await packedIn(text)
    expect(packed.length).toBeLessThan(text.length / 4)
    expect(await fileIn(packed)).toBe(text)
  })

  test('one that is cut off, changed, or no such thing at all is none', async () => {
    const packed = await packedIn('lesson: 1\ntitle: a lesson of some length, so that it can be cut\n')
    for (const broken of [packed.slice(0, -8), `!${packed}`, '', '***', 'AAAA']) expect(await fileIn(broken)).toBeNull()
  })

  test('one that inflates to more than a lesson may have is refused', async () => {
    expect((await fileIn(await packedIn('a'.repeat(500_000))))?.length).toBe(500_000)
    const bomb = await packedIn('a'.repeat(50_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await fileIn(bomb)).toBeNull()
  })
})
