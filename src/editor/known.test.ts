import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read } from '../core/read/read'
import { parse } from '../core/yaml/parse'
import { knownOf, valuesFor } from './known'

const yaml = readFileSync(new URL('../examples/golden/tls-origination-mtls.istio-v1.yaml', import.meta.url), 'utf8')
const known = knownOf(read(parse(yaml).documents), ['shop'])
const gateway = 'istio-egressgateway.istio-system.svc.cluster.local'
const at = (path: (string | number)[], beside: Record<string, string> = {}) =>
  valuesFor(known, path, (key) => beside[key]).map(({ value }) => value)

test.each<[string, (string | number)[], Record<string, string>, string[]]>([
  ['hosts', ['spec', 'hosts', 0], {}, ['edition.cnn.com', gateway]],
  ['a host to dial', ['spec', 'host'], {}, ['edition.cnn.com', gateway]],
  ['gateways, and all sidecars', ['spec', 'gateways', 1], {}, ['mesh', 'default/istio-egressgateway']],
  ['subsets of the host beside', ['destination', 'subset'], { host: gateway }, ['edition-cnn-com']],
  ['ports of the host beside', ['destination', 'port', 'number'], { host: 'edition.cnn.com' }, ['80', '443']],
  ['namespaces, of the text and around it', ['metadata', 'namespace'], {}, ['default', 'istio-system', 'shop']],
  ['to whom it is exported', ['spec', 'exportTo', 0], {}, ['.', '*', 'default', 'istio-system', 'shop']],
  ['nothing for a name', ['metadata', 'name'], {}, []],
])('%s', (_, path, beside, values) => expect(at(path, beside)).toEqual(values))
