/** Forms of Kubernetes and of the Gateway API that the tutorials show and clusters no longer take. */

import { has, inside, itemsOf, textOf } from '../base/loose'
import { both } from '../base/text'
import type { Rule, RuleInput } from '../rules/kind'
import { documentRule, type Remark, written } from '../rules/one-document'
import type { Document } from '../yaml/document'
import { type Finding, found } from '../yaml/finding'

const deployment = (
  apiVersion: string,
  image: string,
  selector = '  selector:\n    matchLabels:\n      app: curl\n',
) => `apiVersion: ${apiVersion}
kind: Deployment
metadata:
  name: curl
  namespace: default
spec:
${selector}  template:
    metadata:
      labels:
        app: curl
    spec:
      containers:
      - name: curl
        image: ${image}
`

const good = [{ says: 'a Deployment of apps/v1', yaml: deployment('apps/v1', 'curlimages/curl') }]

/** What took the place of a group that Kubernetes has stopped serving (1.16, 1.22); of groups that are served the schemas tell the version. */
const served: Readonly<Record<string, string>> = {
  'extensions/v1beta1 Deployment': 'apps/v1',
  'extensions/v1beta1 DaemonSet': 'apps/v1',
  'extensions/v1beta1 ReplicaSet': 'apps/v1',
  'extensions/v1beta1 NetworkPolicy': 'networking.k8s.io/v1',
}

const versions = documentRule({
  id: 'O20',
  level: 'warning',
  title: both('Versions that Kubernetes no longer serves', 'Kubernetes 已不再提供的版本'),
  why: both(
    'Kubernetes has stopped serving these versions in 1.16 and 1.22: `no matches for kind`. The fields that matter here are the same in the one that took their place; a Deployment of apps/v1 needs `spec.selector` besides.',
    'Kubernetes 在 1.16 和 1.22 停止提供这些版本：会报 `no matches for kind`。这里用到的字段在新版本中相同；apps/v1 的 Deployment 还需要 `spec.selector`。',
  ),
  links: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  look: (_spec, { group, version, kind }) => {
    const key = `${group}/${version} ${kind}`
    const now = Object.hasOwn(served, key) ? served[key] : undefined
    return now === undefined
      ? []
      : [
          {
            path: ['apiVersion'],
            says: both(
              `No cluster serves ${kind} of ${group}/${version} any more: it is ${now} today.`,
              `集群已不再提供 ${group}/${version} 的 ${kind}：现在是 ${now}。`,
            ),
            fix: written(['apiVersion'], now),
          },
        ]
  },
  good,
  bad: [
    {
      says: 'a Deployment of extensions/v1beta1',
      yaml: deployment('extensions/v1beta1', 'curlimages/curl'),
      at: 'Deployment/curl apiVersion',
      shows: { source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/#v1-16' },
    },
  ],
})

const selector = documentRule({
  id: 'O21',
  level: 'warning',
  title: both('A workload without selector', '工作负载缺少 selector'),
  why: both(
    'apps/v1 wants `spec.selector`, which must fit the labels of the pod template; before, it was guessed from them. Without it the API server refuses the object. Of a Deployment its schema says so.',
    'apps/v1 要求 `spec.selector`，且须与 Pod 模板的标签匹配；旧版本会据标签推断。缺少时 API server 会拒绝该对象。Deployment 由其 schema 检查。',
  ),
  links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],
  group: 'apps',
  kinds: ['DaemonSet', 'StatefulSet', 'ReplicaSet'],
  look: (spec, { kind, version }) => {
    if (version !== 'v1' || has(spec, 'selector')) return []
    const labels = inside(spec, 'template', 'metadata', 'labels')
    return [
      {
        path: ['spec'],
        says: both(`The API server refuses a ${kind} without selector.`, `API server 会拒绝没有 selector 的 ${kind}。`),
        ...(Object.keys(labels).length > 0 && {
          fix: { says: both('Select the template’s labels', '按模板标签选择'), set: [[['spec', 'selector'], { matchLabels: labels }]] },
        }),
      },
    ]
  },
  good,
  bad: [
    {
      says: 'no selector',
      yaml: deployment('apps/v1', 'curlimages/curl', '').replace('kind: Deployment', 'kind: DaemonSet'),
      at: 'DaemonSet/curl spec',
      shows: { source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector' },
    },
  ],
})

const image = documentRule({
  id: 'O22',
  level: 'warning',
  title: both('An image in a format that is gone', '格式已淘汰的镜像'),
  why: both(
    '`tutum/curl` was pushed in the first format of Docker images (schema 1), which current container runtimes no longer pull. Istio’s own samples use `curlimages/curl`.',
    '`tutum/curl` 以 Docker 镜像的第一版格式（schema 1）发布，当前的容器运行时已不再拉取。Istio 的示例使用 `curlimages/curl`。',
  ),
  links: ['https://docs.docker.com/engine/deprecated/#pushing-and-pulling-with-image-manifest-v2-schema-1'],
  look: (spec) =>
    [['spec'], ['spec', 'template', 'spec']].flatMap((path): Remark[] =>
      itemsOf(inside({ spec }, ...path), 'containers').flatMap(([index, container]): Remark[] => {
        const name = textOf(container, 'image')
        const here = [...path, 'containers', index, 'image']
        return name === 'tutum/curl' || name.startsWith('tutum/curl:')
          ? [
              {
                path: here,
                says: both(`Current clusters no longer pull ${name}: its format is gone.`, `当前集群已无法拉取 ${name}：其格式已淘汰。`),
                fix: written(here, 'curlimages/curl'),
              },
            ]
          : []
      }),
    ),
  good,
  bad: [
    {
      says: 'tutum/curl',
      yaml: deployment('apps/v1', 'tutum/curl'),
      at: 'Deployment/curl spec.template.spec.containers.0.image',
      shows: { source: 'https://docs.docker.com/engine/deprecated/#pushing-and-pulling-with-image-manifest-v2-schema-1' },
    },
  ],
})

/** Kinds of the Gateway API and Telemetry in an older version that is still served, and since when the current one is read. */
const newer: Readonly<Record<string, { to: string; since: number; group: string }>> = {
  'gateway.networking.k8s.io/v1beta1 Gateway': { group: 'gateway.networking.k8s.io', to: 'v1', since: 0 },
  'gateway.networking.k8s.io/v1beta1 GatewayClass': { group: 'gateway.networking.k8s.io', to: 'v1', since: 0 },
  'gateway.networking.k8s.io/v1beta1 HTTPRoute': { group: 'gateway.networking.k8s.io', to: 'v1', since: 0 },
  'gateway.networking.k8s.io/v1alpha2 TLSRoute': { group: 'gateway.networking.k8s.io', to: 'v1', since: 30 },
  'gateway.networking.k8s.io/v1alpha3 TLSRoute': { group: 'gateway.networking.k8s.io', to: 'v1', since: 30 },
  'gateway.networking.k8s.io/v1alpha3 BackendTLSPolicy': { group: 'gateway.networking.k8s.io', to: 'v1', since: 28 },
  'telemetry.istio.io/v1alpha1 Telemetry': { group: 'telemetry.istio.io', to: 'v1', since: 22 },
}

/** The minor version of `1.32`; the newest where it cannot be read. */
const minorOf = (istio: string): number => {
  const [, minor] = istio.split('.')
  return minor !== undefined && /^\d+$/.test(minor) ? Number(minor) : Number.MAX_SAFE_INTEGER
}

function olderVersion(of: Document, istio: string): Finding[] {
  const key = `${of.group}/${of.version} ${of.kind}`
  const now = Object.hasOwn(newer, key) ? newer[key] : undefined
  if (!now || minorOf(istio) < now.since) return []
  const place = { of: of.id, path: ['apiVersion'] }
  const value = `${now.group}/${now.to}`
  return [
    found(
      'rule',
      'O23',
      'info',
      place,
      both(
        `${of.kind} is written as ${of.version}. It works; ${now.to} is current.`,
        `${of.kind} 使用 ${of.version}。它可以工作；现行版本是 ${now.to}。`,
      ),
      { says: both(`Use ${now.to}`, `改用 ${now.to}`), changes: [{ set: place, value }] },
    ),
  ]
}

const route = (version: string) => `apiVersion: gateway.networking.k8s.io/${version}
kind: TLSRoute
metadata:
  name: cnn
  namespace: default
spec:
  parentRefs:
  - name: cnn-egress-gateway
  hostnames: [edition.cnn.com]
  rules:
  - backendRefs:
    - group: networking.istio.io
      kind: Hostname
      name: edition.cnn.com
      port: 443
`

const gatewayApiVersion: Rule = {
  id: 'O23',
  level: 'info',
  title: both('An older version of the Gateway API', 'Gateway API 的旧版本'),
  why: both(
    'The Gateway API serves its kinds as v1 one by one: Gateway and HTTPRoute first, TLSRoute since its bundle 1.5, BackendTLSPolicy since 1.4. Istio reads TLSRoute v1 since 1.30 and BackendTLSPolicy v1 since 1.28; before, only the older versions count.',
    'Gateway API 逐个把资源升为 v1：先是 Gateway 和 HTTPRoute，TLSRoute 自 1.5，BackendTLSPolicy 自 1.4。Istio 自 1.30 读取 TLSRoute v1，自 1.28 读取 BackendTLSPolicy v1；此前只认旧版本。',
  ),
  links: ['https://gateway-api.sigs.k8s.io/reference/spec/', 'https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/'],
  check: ({ documents, around }: RuleInput) => documents.flatMap((of) => olderVersion(of, around.istio)),
  good: [{ says: 'TLSRoute v1', yaml: route('v1') }],
  bad: [
    {
      says: 'TLSRoute v1alpha2',
      yaml: route('v1alpha2'),
      at: 'TLSRoute/cnn apiVersion',
      shows: { source: 'https://github.com/kubernetes-sigs/gateway-api/releases' },
    },
  ],
}

const ingress = documentRule({
  id: 'O24',
  level: 'info',
  title: both('Ingress is not egress', 'Ingress 不是 egress'),
  why: both(
    'An Ingress lets requests into the cluster. It says nothing of requests that leave, so it is kept and not drawn.',
    'Ingress 让请求进入集群，与离开集群的请求无关，因此保留但不画出。',
  ),
  links: ['https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/'],
  kinds: ['Ingress', 'IngressClass'],
  look: (_spec, { kind }) => [
    {
      path: ['kind'],
      says: both(`${kind} is for requests that come in: it does nothing for egress.`, `${kind} 用于进入集群的请求：与出口无关。`),
    },
  ],
  good,
  bad: [
    {
      says: 'an Ingress',
      yaml: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: cnn
  namespace: default
spec:
  defaultBackend:
    service:
      name: curl
      port:
        number: 80
`,
      at: 'Ingress/cnn kind',
      shows: { source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/' },
    },
  ],
})

export const outdatedKubernetes = [versions, selector, image, gatewayApiVersion, ingress]
