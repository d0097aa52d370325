import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lint } from '../../core/check/lint'
import { labSurroundings } from '../../core/istio/surroundings'
import { read } from '../../core/read/read'
import { trace } from '../../core/trace/trace'
import { parse } from '../../core/yaml/parse'
import { patched } from '../../core/yaml/patch'
import { tried } from './trace-fix'

const sound = readFileSync(new URL('../../examples/golden/tls-origination-mtls.istio-v1.yaml', import.meta.url), 'utf8')
const request = { from: 'default/sleep', url: 'http://edition.cnn.com/politics', curl: [] }

function walked(text: string) {
  const { documents } = parse(text)
  const mesh = read(documents)
  return { walk: trace(mesh, labSurroundings, request), found: lint({ documents, mesh, around: labSurroundings }) }
}

test('of what is found, that mends the request with which it arrives', () => {
  const broken = sound.replace('          sni: edition.cnn.com\n', '')
  const { walk, found } = walked(broken)
  expect(walk.failure).not.toBeNull()
  const fix = tried(broken, walk, found, labSurroundings)
  const mended = fix && patched(broken, fix.changes)
  expect(mended && 'text' in mended && walked(mended.text).walk.failure).toBeNull()
})

test('a fix that does not help is not offered', () => {
  const broken = sound.replace('          sni: edition.cnn.com\n', '')
  const { walk, found } = walked(broken)
  const useless = found.map((finding) => ({ ...finding, fix: { says: { en: '', zh: '' }, changes: [] } }))
  expect(tried(broken, walk, useless, labSurroundings)).toBeNull()
})
