import { isMap } from '../base/loose'
import { spaced } from '../base/spaced'
import { both } from '../base/text'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Document, Path } from '../yaml/document'
import { called, inside, ruled, setting } from './named'

const id = 'L16'

interface Since {
  group: string
  kind: string
  version?: string
  /** A value in the spec. */
  resolution?: string
  /** A field and the one that it is in, wherever they are in the spec. */
  field?: readonly [string, string]
  since: number
}

const added = (kind: string, since: number, ...fields: [string, string][]): Since[] =>
  fields.map((field) => ({ group: 'networking.istio.io', kind, field, since }))

/** What came with which minor release of Istio 1 (istio/README 1). */
const news: readonly Since[] = [
  { group: 'gateway.networking.k8s.io', kind: 'TLSRoute', version: 'v1', since: 30 },
  { group: 'gateway.networking.k8s.io', kind: 'BackendTLSPolicy', since: 28 },
  { group: 'networking.istio.io', kind: 'ServiceEntry', resolution: 'DYNAMIC_DNS', since: 30 },
  // Those of 1.32 are checked by schema; the lab plays 1.31, which does not know them.
  ...added(
    'DestinationRule',
    32,
    ['loadBalancer', 'backendUtilization'],
    ['outlierDetection', 'failurePercentageThreshold'],
    ['tls', 'caCertCredentialName'],
  ),
  ...added('Gateway', 32, ['tls', 'alpnProtocols'], ['tls', 'ecdhCurves']),
]

/** What the target version of Istio does not know yet. */
function check({ documents, around }: RuleInput): RuleFinding[] {
  const minor = minorOf(around.istio)
  return minor === null
    ? []
    : documents.flatMap((document) =>
        news.filter((each) => each.since > minor && uses(document, each)).map((each) => tooNew(document, each, around.istio)),
      )
}

/** 30 of `1.30` or `1.30.2`; null for what is no version 1. */
export function minorOf(version: string): number | null {
  const [, minor] = /^1\.(\d+)/.exec(version) ?? []
  return minor === undefined ? null : Number(minor)
}

function uses(document: Document, { group, kind, version, resolution, field }: Since): boolean {
  if (document.group !== group || document.kind !== kind || (version && document.version !== version)) return false
  if (field) return fieldIn(document.object.spec, field) !== null
  if (!resolution) return true
  const { spec } = document.object
  return (
    typeof spec === 'object' &&
    spec !== null &&
    Object.hasOwn(spec, 'resolution') &&
    (spec as Record<string, unknown>).resolution === resolution
  )
}

/** Where a value has the field, the first of such places. */
function fieldIn(value: unknown, [above, name]: readonly [string, string], path: Path = ['spec']): Path | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (key === above && isMap(part) && Object.hasOwn(part, name)) return [...at, name]
    const deeper = fieldIn(part, [above, name], at)
    if (deeper) return deeper
  }
  return null
}

function tooNew(document: Document, { kind, version, resolution, field, since }: Since, target: string): RuleFinding {
  const of = { of: document.id, path: [] }
  const path = field && fieldIn(document.object.spec, field)
  const place = path
    ? { of: document.id, path }
    : resolution
      ? inside({ from: of }, 'spec', 'resolution')
      : inside({ from: of }, version ? 'apiVersion' : 'kind')
  const what = field?.join('.') ?? resolution ?? `${kind}${version ? ` ${version}` : ''}`
  const old =
    kind === 'TLSRoute' ? setting(both('Use v1alpha2', '改用 v1alpha2'), [place, 'gateway.networking.k8s.io/v1alpha2']) : undefined
  const also = old
    ? both(
        ' Older releases read v1alpha2, with PILOT_ENABLE_ALPHA_GATEWAY_API=true.',
        '更早的版本读取 v1alpha2，并需要 PILOT_ENABLE_ALPHA_GATEWAY_API=true。',
      )
    : both('', '')
  return ruled(
    id,
    'warning',
    place,
    both(
      `${called(of)} needs Istio 1.${since}: ${what} is not read by Istio ${target}, and what it says has no effect.${also.en}`,
      spaced(`${called(of)} 需要 Istio 1.${since}：Istio ${target} 不读取 ${what}，其内容不起作用。${also.zh}`),
    ),
    old,
  )
}

const route = (version: string) => `apiVersion: gateway.networking.k8s.io/${version}
kind: TLSRoute
metadata: {name: cnn, namespace: default}
spec:
  parentRefs: [{kind: ServiceEntry, group: networking.istio.io, name: cnn}]
  hostnames: [edition.cnn.com]
  rules: [{backendRefs: [{name: cnn-egress-gateway-istio, port: 443}]}]
`
const wildcard = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: wild, namespace: default}
spec:
  hosts: ["*.example.com"]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DYNAMIC_DNS
`

export const version: Rule = {
  id,
  level: 'warning',
  title: both('Newer than the target version of Istio', '比目标 Istio 版本更新'),
  why: both(
    'What a release of Istio does not know it passes over without a word, even if the CRD takes it. TLSRoute v1 is read since 1.30, BackendTLSPolicy since 1.28, resolution DYNAMIC_DNS at sidecars since 1.30; load balancing by backendUtilization, failurePercentageThreshold of outlierDetection and caCertCredentialName since 1.32.',
    'Istio 的某个版本不认识的内容会被默默略过，即使 CRD 接受它。TLSRoute v1 自 1.30 起可用，BackendTLSPolicy 自 1.28 起可用，Sidecar 上的 resolution DYNAMIC_DNS 自 1.30 起可用；backendUtilization 负载均衡、outlierDetection 的 failurePercentageThreshold 和 caCertCredentialName 自 1.32 起可用。',
  ),
  links: ['https://istio.io/latest/news/releases/1.30.x/', 'https://istio.io/latest/docs/reference/config/analysis/'],
  check,
  good: [{ says: 'The current release reads them all.', yaml: `${route('v1')}---\n${wildcard}` }],
  bad: [
    {
      says: 'TLSRoute v1 before 1.30.',
      yaml: route('v1'),
      around: { istio: '1.29' },
      at: 'TLSRoute/cnn apiVersion',
      shows: { source: 'istio/istio release notes of 1.30: TLSRoute is promoted to v1' },
    },
    {
      says: 'DYNAMIC_DNS before 1.30.',
      yaml: wildcard,
      around: { istio: '1.29' },
      at: 'ServiceEntry/wild spec.resolution',
      shows: { source: 'istio/istio release notes of 1.30: DYNAMIC_DNS at sidecars' },
    },
    {
      says: 'A field of outlierDetection before 1.32.',
      yaml: `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec: {hosts: [edition.cnn.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cnn, namespace: default}
spec: {host: edition.cnn.com, trafficPolicy: {outlierDetection: {failurePercentageThreshold: 50}}}
`,
      around: { istio: '1.31' },
      at: 'DestinationRule/cnn spec.trafficPolicy.outlierDetection.failurePercentageThreshold',
      shows: { source: 'istio.io/api v1.32.0, customresourcedefinitions.gen.yaml; v1.31 has no such field' },
    },
  ],
}
