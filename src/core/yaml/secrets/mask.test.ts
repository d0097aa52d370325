import { describe, expect, test } from 'vitest'
import { masked } from './mask'

const key = 'TUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0NCS2N3'

describe('key material', () => {
  test.each([
    [
      'block',
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: c\ndata:\n  tls.crt: ${key}\n  tls.key: ${key} # mine\n`,
      'data:\n  tls.crt: masked-value\n  tls.key: masked-value # masked\n',
    ],
    [
      'block scalar',
      `kind: Secret\nstringData:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    ${key}\n    -----END PRIVATE KEY-----\ntype: Opaque\n`,
      'stringData:\n  key: masked-value\ntype: Opaque\n',
    ],
    [
      'flow',
      `{kind: Secret, data: {tls.key: ${key}, "b": "${key}"}, type: x}\n`,
      'data: {tls.key: masked-value, "b": "masked-value"}, type: x}',
    ],
    ['JSON', `{\n  "kind": "Secret",\n  "data": {\n    "tls.key": "${key}"\n  }\n}\n`, '"tls.key": "masked-value"'],
    [
      'in a List',
      `kind: List\nitems:\n- kind: Secret\n  data:\n    k: ${key}\n- kind: Service\n`,
      '  data:\n    k: masked-value\n- kind: Service\n',
    ],
    ['data first', `data:\n  k: ${key}\nkind: Secret\n`, 'data:\n  k: masked-value\nkind: Secret\n'],
    ['cut off', `kind: Secret\ndata:\n  k: "${key}`, 'data:\n  k: masked-value'],
    [
      'a key anywhere',
      `kind: ConfigMap\ndata:\n  a: |\n    -----BEGIN RSA PRIVATE KEY-----\n    ${key}\n    -----END RSA PRIVATE KEY-----\n  b: 1\n`,
      '    masked private key\n  b: 1\n',
    ],
    ['a PEM in base64', `kind: ConfigMap\ndata:\n  a: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg${key}==\n`, '  a: masked-value\n'],
  ])('%s is replaced', (_, text, left) => {
    expect(masked(text)).toContain(left)
    expect(masked(text)).not.toContain(key)
    expect(masked(masked(text))).toBe(masked(text))
  })

  test('other documents stay as they are', () => {
    const text = `kind: ConfigMap\ndata:\n  a: b\n---\nkind: Secret\ndata:\n  a: ${key}\n---\nkind: ServiceEntry # about Secret\nspec:\n  hosts: [a.b]\n`
    expect(masked(text)).toBe(text.replace(key, 'masked-value'))
  })

  test('a text without any is the very text', () => expect(masked('kind: ServiceEntry\n')).toBe('kind: ServiceEntry\n'))
})
