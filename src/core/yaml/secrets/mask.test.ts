import { describe, expect, test } from 'vitest'
import { masked } from './mask'

const key = 'TUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0NCS2N3'

describe('key material', () => {
  test.each([
    [
      'block',
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: c\ndata:\n  tls.crt: ${key}\n  tls.key: ${key} # mine\n`,
      'data:\n  tls.crt: masked==\n  tls.key: masked== # masked\n',
    ],
    [
      'block scalar',
      `kind: Secret\nstringData:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    ${key}\n    -----END PRIVATE KEY-----\ntype: Opaque\n`,
      'stringData:\n  key: masked==\ntype: Opaque\n',
    ],
    ['flow', `{kind: Secret, data: {tls.key: ${key}, "b": "${key}"}, type: x}\n`, 'data: {tls.key: masked==, "b": "masked=="}, type: x}'],
    ['JSON', `{\n  "kind": "Secret",\n  "data": {\n    "tls.key": "${key}"\n  }\n}\n`, '"tls.key": "masked=="'],
    [
      'in a List',
      `kind: List\nitems:\n- kind: Secret\n  data:\n    k: ${key}\n- kind: Service\n`,
      '  data:\n    k: masked==\n- kind: Service\n',
    ],
    ['data first', `data:\n  k: ${key}\nkind: Secret\n`, 'data:\n  k: masked==\nkind: Secret\n'],
    ['cut off', `kind: Secret\ndata:\n  k: "${key}`, 'data:\n  k: masked=='],
    [
      'a key anywhere',
      `kind: ConfigMap\ndata:\n  a: |\n    -----BEGIN RSA PRIVATE KEY-----\n    ${key}\n    -----END RSA PRIVATE KEY-----\n  b: 1\n`,
      '    masked private key\n  b: 1\n',
    ],
    ['a PEM in base64', `kind: ConfigMap\ndata:\n  a: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg${key}==\n`, '  a: masked==\n'],
  ])('%s is replaced', (_, text, left) => {
    expect(masked(text)).toContain(left)
    expect(masked(text)).not.toContain(key)
    expect(masked(masked(text))).toBe(masked(text))
  })

  test('other documents stay as they are', () => {
    const text = `kind: ConfigMap\ndata:\n  a: b\n---\nkind: Secret\ndata:\n  a: ${key}\n---\nkind: ServiceEntry # about Secret\nspec:\n  hosts: [a.b]\n`
    expect(masked(text)).toBe(text.replace(key, 'masked=='))
  })

  test('a text without any is the very text', () => expect(masked('kind: ServiceEntry\n')).toBe('kind: ServiceEntry\n'))
})
