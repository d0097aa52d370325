/** Texts that hold something secret, in as many spellings as there are ways to write it, beside objects that hold nothing. */
import fc from 'fast-check'

export interface WithSecret {
  text: string
  /** Letters that nobody else may see. */
  secrets: readonly string[]
  /** Letters of the objects beside it, which stay. */
  keeps: readonly string[]
  spelling: string
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789'
const word = (length: number) =>
  fc.array(fc.constantFrom(...letters), { minLength: length, maxLength: length }).map((list) => list.join(''))

/** A private key: its lines, and what of them is secret. */
interface Key {
  lines: readonly string[]
  body: readonly string[]
}

const base64 = (text: string): string => btoa(text)
const labels = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PGP PRIVATE KEY BLOCK']

const anyKey: fc.Arbitrary<Key> = fc
  .record({
    label: fc.constantFrom(...labels),
    body: fc.array(word(64), { minLength: 2, maxLength: 4 }),
    last: word(21),
    typed: fc.boolean(),
  })
  .map(({ label, body, last, typed }) => ({
    body: [...body, last],
    lines: [
      `-----BEGIN ${label}-----`,
      ...(typed ? ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-256-CBC,0F1E2D3C4B5A69788796A5B4C3D2E1F0', ''] : []),
      ...body,
      `${last}==`,
      `-----END ${label}-----`,
    ],
  }))

const indented = (lines: readonly string[], by: number): string => lines.map((line) => `${' '.repeat(by)}${line}`).join('\n')
const quotedJson = (text: string): string => JSON.stringify(text)

const head = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: client\n'
const object = (value: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'client' },
  data: { 'tls.key': base64(value) },
  ...more,
})

/** Each way in which the value of a Secret is written; `s` is plain letters, which count as base64 where they must. */
const ofSecret: Readonly<Record<string, (s: string) => string>> = {
  block: (s) => `${head}data:\n  tls.key: ${s}\n`,
  'data first': (s) => `stringData:\n  a: ${s}\n${head}`,
  'at the margin': (s) => `${head}data:\n# a: ${s}\n  a: ${s} # ${s}\n  # b: ${s}\ntype: Opaque\n`,
  quotes: (s) => `${head}stringData:\n  a: "x ${s}"\n  'b': 'it''s ${s}'\n`,
  'quotes over lines': (s) => `${head}stringData:\n  a: "x\n    ${s}\n\n    y"\n  b: z\n`,
  'quotes at column 0': (s) => `${head}stringData:\n  a: "x\n${s}\ny"\n  b: z\n`,
  'plain over lines': (s) => `${head}stringData:\n  a: x\n    ${s}\n    ${s}\n`,
  literal: (s) => `${head}stringData:\n  a: |-\n    ---\n    ${s}: ${s}\n  b: >2+\n\n    ${s}\ntype: Opaque\n`,
  'explicit keys': (s) => `apiVersion: v1\nkind: Secret\n? data\n: a: ${s}\n? stringData\n:\n  ? b\n  : ${s}\n`,
  'tagged keys': (s) => `apiVersion: v1\n!!str kind: Secret\n? !!str data\n: a: !!str ${s}\n`,
  'tagged kind': (s) => `apiVersion: v1\nkind: !!str Secret\nstringData: !!map\n  a: ${s}\n`,
  'long tag': (s) => `apiVersion: v1\nkind: !<tag:yaml.org,2002:str> Secret\nstringData:\n  a: !<tag:yaml.org,2002:str> ${s}\n`,
  'binary kind': (s) => `apiVersion: v1\nkind: !!binary U2VjcmV0\nstringData:\n  a: ${s}\n`,
  'escaped kind': (s) => `apiVersion: v1\nkind: "\\u0053ecr\\x65t"\n"d\\u0061ta":\n  a: ${s}\n`,
  'kind in a block': (s) => `apiVersion: v1\nkind: >-\n  Secret\ndata:\n  a: ${s}\n`,
  'kind on the next line': (s) => `apiVersion: v1\nkind:\n  Secret\ndata:\n  a: ${s}\n`,
  'kind by an anchor': (s) => `apiVersion: v1\nx: &kind Secret\nkind: *kind\ndata: {a: ${s}}\n`,
  'kind by a merge': (s) => `x: &base\n  kind: Secret\n  apiVersion: v1\ny:\n  <<: *base\n  data:\n    a: ${s}\n`,
  'data by an anchor': (s) => `x: &values\n  a: ${s}\napiVersion: v1\nkind: Secret\ndata: *values\n`,
  'data by a merge': (s) => `x: &base\n  data:\n    a: ${s}\ny:\n  <<: [*base]\n  apiVersion: v1\n  kind: Secret\n`,
  'kind with a comment': (s) => `apiVersion: v1\nkind   : Secret   # of mine\n"data" : # here\n  a:\t${s}\n`,
  flow: (s) => `{apiVersion: v1, kind: Secret, data: {tls.key: ${s}, "b": "${s}", c: '${s}'}, type: x}\n`,
  'flow over lines': (s) => `apiVersion: v1\nkind: Secret\ndata: {\n  a: ${s}, # ${s}\n  "b"\n  : "${s}"\n}\n`,
  'flow below the margin': (s) => `apiVersion: v1\nkind: Secret\nstringData: {\na: ${s},\nb: x\n ${s}\n}\n`,
  'at the mark': (s) => `--- {kind: Secret, apiVersion: v1, data: {a: ${s}}}\n`,
  'behind the end': (s) => `${head}...\n${head}data:\n  a: ${s}\n`,
  JSON: (s) => `${JSON.stringify(object(s, { data: { k: s } }), null, 2)}\n`,
  'JSON on one line': (s) => `${JSON.stringify(object(s, { data: { k: s } }))}\n`,
  'JSON documents on lines': (s) => `{"kind":"Service"}\n${JSON.stringify(object(s, { data: { k: s } }))}\n{"kind":"Service"}\n`,
  'JSON documents on one line': (s) => `{"kind":"Service"}${JSON.stringify(object(s, { data: { k: s } }))} {"kind":"Service"}\n`,
  'JSON, escaped': (s) => `{"\\u006bind":"Secret","data":{"k":"${s}"},"apiVersion":"v1"}\n`,
  'a List': (s) =>
    `kind: List\napiVersion: v1\nitems:\n- ${head.trimEnd().replaceAll('\n', '\n  ')}\n  data:\n    a: ${s}\n- kind: Service\n`,
  'a List, deep': (s) => `kind: List\napiVersion: v1\nitems:\n  -\n    kind: Secret\n    data:\n      a: ${s}\n`,
  'a SecretList': (s) => `kind: SecretList\napiVersion: v1\nitems:\n- metadata: {name: a}\n  data:\n    a: ${s}\n`,
  'a JSON List': (s) =>
    `${JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [object('x'), object(s, { stringData: { k: s } })] })}\n`,
  'values that no Secret has': (s) => `${head}data:\n  a: [${s}, {b: ${s}}]\n  c:\n    - d: ${s}\n`,
  'data that is no map': (s) => `${head}data: ${s}\n`,
  'data too deep': (s) => `${head}  data:\n    a: ${s}\n`,
  'data not deep enough': (s) => `${head}data:\na: ${s}\n`,
  'last applied': (s) =>
    `${head}  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      ${JSON.stringify(object(s, { data: { k: s } }))}\n`,
  'last applied in quotes': (s) =>
    `${head}  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify(object(s, { data: { k: s } }))}'\n`,
  'last applied in JSON': (s) =>
    `${JSON.stringify(
      object('x', {
        metadata: {
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object(s, { stringData: { k: s } })) },
        },
      }),
    )}\n`,
  'in a file of a ConfigMap': (s) =>
    `kind: ConfigMap\ndata:\n  a.yaml: |\n    ---\n    ${head.trimEnd().replaceAll('\n', '\n    ')}\n    data:\n      a: ${s}\n`,
  'in a text of a ConfigMap': (s) => `kind: ConfigMap\ndata:\n  a.json: ${quotedJson(JSON.stringify(object(s, { data: { k: s } })))}\n`,
  'a twin of it': (s) => `kind: ConfigMap\nkind: Secret\ndata:\n  a: ${s}\n`,
}

const named: Readonly<Record<string, (s: string) => string>> = {
  env: (s) =>
    `kind: Deployment\nspec:\n  containers:\n  - env:\n    - name: DB_PASSWORD\n      value: ${s}\n    - {name: API_TOKEN, value: "${s}"}\n`,
  'value first': (s) => `kind: Pod\nenv:\n- value: ${s}\n  name: CLIENT_SECRET\n`,
  'headers of a route': (s) =>
    `kind: VirtualService\nspec:\n  http:\n  - headers:\n      request:\n        set:\n          x-api-key: ${s}\n          Authorization: "Bearer ${s}"\n`,
  'a match': (s) => `kind: VirtualService\nspec:\n  http:\n  - match:\n    - headers:\n        authorization:\n          exact: ${s}\n`,
  'headers of the Gateway API': (s) =>
    `kind: HTTPRoute\nfilters:\n- requestHeaderModifier:\n    set:\n    - name: Authorization\n      value: Basic ${s}\n`,
  'values of a chart': (s) => `global:\n  adminPassword: ${s}\n  redis: {password: '${s}'}\n`,
  'a ConfigMap': (s) => `kind: ConfigMap\ndata:\n  password: ${s}\n  app.properties: |\n    user: a\n    password: ${s}\n`,
  'a bearer in an argument': (s) => `kind: Pod\nargs: ["--header", "Authorization: Bearer 1${s}${s}"]\n`,
  'a URL': (s) => `kind: Pod\nargs:\n- --proxy=http://user:${s}@proxy.example.com:3128\n`,
  'a JWT': (s) => `kind: Pod\nx: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${s}\n`,
  'a token of GitHub': (s) => `kind: Pod\nx: ghp_${s}${s}${s}\n`,
}

const ofKey: Readonly<Record<string, (key: Key) => string>> = {
  'a block': ({ lines }) => `kind: ConfigMap\ndata:\n  a.pem: |\n${indented(lines, 4)}\n  b: 1\n`,
  'quotes with line ends': ({ lines }) => `kind: ConfigMap\ndata:\n  a.pem: ${quotedJson(lines.join('\n'))}\n`,
  'quotes with Windows line ends': ({ lines }) => `kind: ConfigMap\ndata:\n  a.pem: ${quotedJson(lines.join('\r\n'))}\n`,
  'escaped twice': ({ lines }) => `kind: ConfigMap\ndata:\n  a: ${quotedJson(quotedJson(lines.join('\n')))}\n`,
  'one line': ({ lines }) => `kind: X\nprivateKey: ${lines.filter((line) => line !== '').join('')}\n`,
  'one line with blanks': ({ lines }) => `kind: X\nprivateKey: ${lines.filter((line) => line !== '').join(' ')}\n`,
  'folded quotes': ({ lines }) => `kind: X\nprivateKey: "${lines.join('\\n\\\n  ')}"\n`,
  'a list of lines': ({ lines }) => `kind: X\nkey:\n${lines.map((line) => `- ${quotedJson(line)}`).join('\n')}\n`,
  'a comment': ({ lines }) => `kind: X\n${lines.map((line) => `# ${line}`).join('\n')}\na: b\n`,
  'cut off': ({ lines }) => `kind: X\na: |\n${indented(lines.slice(0, -2), 2)}\nb: c\n`,
  'no YAML': ({ lines }) => `${lines.join('\n')}\n`,
  'no YAML, with brackets': ({ lines }) => `{{[[\n${lines.join('\n')}\n"\n`,
  base64: ({ lines }) => `kind: ConfigMap\ndata:\n  a: ${base64(lines.join('\n'))}\n`,
  'base64 behind a certificate': ({ lines }) =>
    `kind: ConfigMap\ndata:\n  a: ${base64(`-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${lines.join('\n')}`)}\n`,
  'base64 in lines': ({ lines }) =>
    `kind: ConfigMap\ndata:\n  a: |\n${indented(base64(lines.join('\n')).match(/.{1,76}/g) ?? [], 4)}\n  b: 1\n`,
}

const beside = (mark: string): readonly string[] => [
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${mark}\ndata:\n  tls.key: ${mark} # ${mark}\n  note: |\n    data: ${mark}\n`,
  `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: ${mark}}\nspec: {hosts: ["${mark}.example.com"]} # ${mark}\n`,
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: mark }, data: { a: mark } })}\n`,
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: ${mark}\nspec:\n  listeners:\n  - tls:\n      certificateRefs:\n      - kind: Secret\n        name: ${mark}\n`,
]

interface Spelled {
  spelling: string
  text: string
  secrets: readonly string[]
}

const spelled = <T>(ways: Readonly<Record<string, (of: T) => string>>, any: fc.Arbitrary<T>, secretsOf: (of: T) => readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(ways)), any)
    .map(([spelling, of]): Spelled => ({ spelling, text: (ways[spelling] as (of: T) => string)(of), secrets: secretsOf(of) }))

/** In base64 the letters themselves are others. */
const lettersOf = ({ body }: Key): readonly string[] => [
  ...body,
  ...[0, 1, 2].map((by) => base64((body[0] as string).slice(by)).slice(4, 40)),
]

const anyOfSecret = spelled(ofSecret, word(20), (s) => [s, base64(s).slice(0, 24)])
const anyOfKey = spelled(ofKey, anyKey, lettersOf)

/** The values of Secrets, and keys anywhere. */
export const anySpelling: fc.Arbitrary<Spelled> = fc.oneof({ weight: 2, arbitrary: anyOfSecret }, { weight: 1, arbitrary: anyOfKey })

/** A private key as it comes out of a clipboard: in lines, or in one where a field takes no more. */
export const anyKeyText: fc.Arbitrary<{ text: string; secrets: readonly string[] }> = fc
  .tuple(anyKey, fc.constantFrom('\n', '', ' ', '\r\n'))
  .map(([key, by]) => ({ text: key.lines.filter((line) => line !== '' || by === '\n').join(by), secrets: key.body }))

/** A text of several documents, one of which holds something secret. */
export const anyWithSecret: fc.Arbitrary<WithSecret> = fc
  .record({
    spelled: fc.oneof({ weight: 4, arbitrary: anySpelling }, { weight: 1, arbitrary: spelled(named, word(20), (s) => [s]) }),
    mark: word(9).map((letters) => `k${letters.toLowerCase()}`),
    before: fc.array(fc.nat(3), { maxLength: 2 }),
    after: fc.array(fc.nat(3), { maxLength: 2 }),
    layout: fc.constantFrom('plain', 'plain', 'crlf', 'bom'),
  })
  .map(({ spelled: { spelling, text, secrets }, mark, before, after, layout }) => {
    const others = beside(mark)
    const at = (list: readonly number[]) => list.map((index) => others[index] as string)
    const documents = [...at(before), text, ...at(after)].map((document, index) =>
      index === 0 || document.startsWith('---') ? document : `---\n${document}`,
    )
    const plain = documents.join('')
    return {
      spelling,
      secrets,
      keeps: [...at(before), ...at(after)].map((kept) => (layout === 'crlf' ? kept.replaceAll('\n', '\r\n') : kept)),
      text: layout === 'crlf' ? plain.replaceAll('\n', '\r\n') : layout === 'bom' ? `\ufeff${plain}` : plain,
    }
  })
