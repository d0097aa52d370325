import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../testing/runs'
import { quoted, secretNeed } from './needs'

test('a shell reads every quoted word back as it was', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', "it's", '$(id)', '`id`', 'a b', '"', '\\', '-n', '*', '~', '#', 'a\nb', "'; id; '"),
  )
  const words = fc.sample(
    word.map((each) => each.replaceAll('\0', '')),
    runs(500),
  )
  const read = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(quoted).join(' ')}`], { encoding: 'utf8' })
  expect(read.split('\0').slice(0, -1)).toEqual(words)
})

test('a Secret is made from files, by the keys that Istio reads', () => {
  expect(secretNeed('istio-system', 'client-credential', true).run).toBe(
    'kubectl create secret generic -n istio-system client-credential --from-file=tls.crt=client.crt --from-file=tls.key=client.key --from-file=ca.crt=ca.crt',
  )
  expect(secretNeed('default', 'ca only', false).run).toBe("kubectl create secret generic -n default 'ca only' --from-file=ca.crt=ca.crt")
})
