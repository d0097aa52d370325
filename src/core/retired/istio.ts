/** Istio's own kinds and fields that are gone: Mixer, the first authentication and RBAC policies, the old place of the outbound policy. */

import { asList, asMap, field, has, inside, itemsOf, type Loose, textOf } from '../base/loose'
import { both } from '../base/text'
import { lacking } from '../rules/envoy-patch'
import { documentRule, type Remark, type Repair } from '../rules/one-document'
import type { Document } from '../yaml/document'

const object = (apiVersion: string, kind: string, spec: string) => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: default
  namespace: default
spec:
${spec}`

const goodPolicy = object('security.istio.io/v1', 'PeerAuthentication', '  mtls:\n    mode: STRICT\n')
const good = [{ says: 'PeerAuthentication', yaml: goodPolicy }]

/** Kinds of config.istio.io that had nothing to do with Mixer, and what became of them in Istio 1.0. */
const renamed: Readonly<Record<string, string>> = {
  EgressRule: 'ServiceEntry',
  RouteRule: 'VirtualService',
  IngressRule: 'Gateway, VirtualService',
  DestinationPolicy: 'DestinationRule',
}

const mixer = documentRule({
  id: 'O1',
  level: 'error',
  title: both('Objects of Mixer', 'Mixer 的对象'),
  why: both(
    'Mixer decided and counted for the proxies until Istio 1.8 removed it; no cluster serves `config.istio.io` any more, so these objects are refused. Access control is AuthorizationPolicy today, metrics and access logs are Telemetry, and the egress gateway’s identity check works with both.',
    'Mixer 曾为代理做策略判断和遥测，Istio 1.8 已将其移除；集群不再提供 `config.istio.io`，这些对象会被拒绝。现在访问控制用 AuthorizationPolicy，指标与访问日志用 Telemetry，出口网关按身份授权两者都支持。',
  ),
  links: ['https://istio.io/latest/news/releases/1.8.x/announcing-1.8/', 'https://istio.io/latest/docs/tasks/security/authorization/'],
  group: 'config.istio.io',
  look: (_spec, { kind }) => {
    const today = Object.hasOwn(renamed, kind) ? renamed[kind] : 'AuthorizationPolicy, Telemetry'
    return [
      {
        path: ['kind'],
        says: both(
          `No cluster knows ${kind} of config.istio.io any more. What it did is done today by: ${today}.`,
          `集群已不认识 config.istio.io 的 ${kind}。它的作用现在由以下对象承担：${today}。`,
        ),
        fix: { says: both('Remove this object', '删除此对象'), remove: [[]] },
      },
    ]
  },
  good,
  bad: [
    {
      says: 'a rule of Mixer',
      yaml: object('config.istio.io/v1alpha2', 'rule', '  match: source.labels["app"] == "sleep"\n'),
      at: 'rule/default kind',
      shows: { check: 'unknown kind' },
    },
  ],
})

const authentication = documentRule({
  id: 'O2',
  level: 'error',
  title: both('The first authentication policies', '早期的认证策略'),
  why: both(
    'Policy and MeshPolicy of `authentication.istio.io` are gone since Istio 1.6. mTLS is asked for by PeerAuthentication (for the whole mesh in the root namespace), tokens by RequestAuthentication. Neither of them reaches the hop to an egress gateway: that is what the DestinationRule says.',
    '`authentication.istio.io` 的 Policy 和 MeshPolicy 自 Istio 1.6 起已移除。mTLS 由 PeerAuthentication 要求（整个网格写在根命名空间），令牌由 RequestAuthentication 要求。两者都不影响到出口网关的一跳：那由 DestinationRule 决定。',
  ),
  links: [
    'https://istio.io/latest/docs/reference/config/security/peer_authentication/',
    'https://istio.io/latest/news/releases/1.6.x/announcing-1.6/upgrade-notes/',
  ],
  group: 'authentication.istio.io',
  look: (spec, of) => [
    {
      path: ['kind'],
      says: both(
        `No cluster knows ${of.kind} of authentication.istio.io any more: PeerAuthentication and RequestAuthentication took its place.`,
        `集群已不认识 authentication.istio.io 的 ${of.kind}：由 PeerAuthentication 和 RequestAuthentication 取代。`,
      ),
      ...peerInstead(spec, of),
    },
  ],
  good,
  bad: [
    {
      says: 'mTLS for a namespace',
      yaml: object('authentication.istio.io/v1alpha1', 'Policy', '  peers:\n  - mtls: {}\n'),
      at: 'Policy/default kind',
      shows: { check: 'unknown kind' },
    },
    {
      says: 'mTLS for the mesh',
      yaml: object('authentication.istio.io/v1alpha1', 'MeshPolicy', '  peers:\n  - mtls:\n      mode: PERMISSIVE\n'),
      at: 'MeshPolicy/default kind',
      shows: { check: 'unknown kind' },
    },
  ],
})

/** The same in PeerAuthentication, where the old policy says mTLS and nothing else. */
function peerInstead(spec: Loose, { kind, name, namespace }: Document): { fix?: Repair } {
  const peers = asList(spec.peers)
  if (peers.length !== 1 || ['targets', 'origins', 'principalBinding'].some((other) => has(spec, other)) || !has(peers[0], 'mtls'))
    return {}
  const mode = textOf(inside(peers[0], 'mtls'), 'mode') === 'PERMISSIVE' ? 'PERMISSIVE' : 'STRICT'
  const metadata = { name, namespace: kind === 'MeshPolicy' ? 'istio-system' : namespace }
  return {
    fix: {
      says: both(`Write a PeerAuthentication, ${mode}`, `改写为 PeerAuthentication（${mode}）`),
      remove: [[]],
      add: [{ apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata, spec: { mtls: { mode } } }],
    },
  }
}

const rbac = documentRule({
  id: 'O3',
  level: 'error',
  title: both('The first RBAC policies', '早期的 RBAC 策略'),
  why: both(
    'ServiceRole, ServiceRoleBinding, RbacConfig and ClusterRbacConfig are gone since Istio 1.6. One AuthorizationPolicy says what both took: who (`from`), what (`to`), where (`selector`). For egress it is in the gateway’s namespace.',
    'ServiceRole、ServiceRoleBinding、RbacConfig 和 ClusterRbacConfig 自 Istio 1.6 起已移除。一个 AuthorizationPolicy 即可说明全部：谁（`from`）、做什么（`to`）、在哪里（`selector`）。用于出口时写在网关的命名空间。',
  ),
  links: ['https://istio.io/latest/blog/2019/v1beta1-authorization-policy/'],
  group: 'rbac.istio.io',
  look: (_spec, { kind }) => [
    {
      path: ['kind'],
      says: both(
        `No cluster knows ${kind} of rbac.istio.io any more: AuthorizationPolicy took its place.`,
        `集群已不认识 rbac.istio.io 的 ${kind}：由 AuthorizationPolicy 取代。`,
      ),
    },
  ],
  good,
  bad: [
    {
      says: 'a ServiceRole',
      yaml: object('rbac.istio.io/v1alpha1', 'ServiceRole', '  rules:\n  - services: ["*"]\n    methods: [GET]\n'),
      at: 'ServiceRole/default kind',
      shows: { check: 'unknown kind' },
    },
  ],
})

const operator = (spec: string) => object('install.istio.io/v1alpha1', 'IstioOperator', spec)
const oldPlace = ['spec', 'values', 'global', 'outboundTrafficPolicy']

const outboundPlace = documentRule({
  id: 'O4',
  level: 'warning',
  title: both('The old place of the outbound policy', '出站策略的旧位置'),
  why: both(
    'What sidecars do with unknown hosts is a setting of the mesh: `meshConfig.outboundTrafficPolicy.mode`. Tutorials from before Istio 1.5 wrote it under `global`, which nothing reads any more: the mesh stays at ALLOW_ANY without a word.',
    'Sidecar 如何处理未知主机是网格设置：`meshConfig.outboundTrafficPolicy.mode`。Istio 1.5 之前的教程写在 `global` 下，现已无人读取：网格会悄然保持 ALLOW_ANY。',
  ),
  links: ['https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/'],
  group: 'install.istio.io',
  kinds: ['IstioOperator'],
  look: (spec) => {
    const policy = field(inside(spec, 'values', 'global'), 'outboundTrafficPolicy')
    if (policy === undefined) return []
    const free = !has(inside(spec, 'meshConfig'), 'outboundTrafficPolicy')
    const path = has(spec, 'meshConfig') ? ['spec', 'meshConfig', 'outboundTrafficPolicy'] : ['spec', 'meshConfig']
    return [
      {
        path: oldPlace,
        says: both(
          'Nothing reads global.outboundTrafficPolicy any more: write meshConfig.outboundTrafficPolicy.',
          'global.outboundTrafficPolicy 已无人读取：请写 meshConfig.outboundTrafficPolicy。',
        ),
        ...(free && {
          fix: {
            says: both('Move it to meshConfig', '移到 meshConfig'),
            set: [[path, has(spec, 'meshConfig') ? policy : { outboundTrafficPolicy: policy }] as const],
            remove: [oldPlace],
          },
        }),
      },
    ]
  },
  good,
  bad: [
    {
      says: 'under global',
      yaml: operator('  values:\n    global:\n      outboundTrafficPolicy:\n        mode: REGISTRY_ONLY\n'),
      at: 'IstioOperator/default spec.values.global.outboundTrafficPolicy',
      shows: { source: 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-OutboundTrafficPolicy' },
    },
  ],
})

const installation = documentRule({
  id: 'O8',
  level: 'info',
  title: both('IstioOperator is no object of the cluster', 'IstioOperator 不是集群中的对象'),
  why: both(
    'An IstioOperator is a file for `istioctl install -f`. The operator that read it inside the cluster is gone since Istio 1.24, so `kubectl apply` refuses it. What it says of the mesh is kept here and not drawn; its outbound policy is chosen in the settings.',
    'IstioOperator 是 `istioctl install -f` 的文件。在集群内读取它的 operator 自 Istio 1.24 起已移除，`kubectl apply` 会拒绝。此处保留其内容但不画出；出站策略在设置中选择。',
  ),
  links: [
    'https://istio.io/latest/docs/setup/install/istioctl/',
    'https://istio.io/latest/blog/2024/in-cluster-operator-deprecation-announcement/',
  ],
  group: 'install.istio.io',
  look: (_spec, { kind }) => [
    {
      path: ['kind'],
      says: both(
        `${kind} is for istioctl install: no cluster serves it. It is kept and not drawn.`,
        `${kind} 用于 istioctl install：集群不提供它。保留但不画出。`,
      ),
    },
  ],
  good,
  bad: [
    {
      says: 'a file of an installation',
      yaml: operator('  meshConfig:\n    outboundTrafficPolicy:\n      mode: REGISTRY_ONLY\n'),
      at: 'IstioOperator/default kind',
      shows: { check: 'unknown kind' },
    },
  ],
})

const annotations = documentRule({
  id: 'O5',
  level: 'info',
  title: both('Annotations of Mixer', 'Mixer 的注解'),
  why: both(
    'Annotations that begin with `policy.istio.io/` told a sidecar how to ask Mixer. Mixer is gone since Istio 1.8: they do nothing.',
    '以 `policy.istio.io/` 开头的注解告诉 Sidecar 如何询问 Mixer。Mixer 自 Istio 1.8 起已移除：这些注解不起作用。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/annotations/'],
  look: (_spec, { object: whole }) =>
    [
      ['metadata', 'annotations'],
      ['spec', 'template', 'metadata', 'annotations'],
    ].flatMap((path): Remark[] =>
      Object.keys(asMap(inside(whole, ...path)))
        .filter((name) => name.startsWith('policy.istio.io/'))
        .map((name) => ({
          path: [...path, name],
          says: both(`${name} was for Mixer, which is gone: it does nothing.`, `${name} 用于已移除的 Mixer：不起作用。`),
          fix: { says: both(`Remove ${name}`, `删除 ${name}`), remove: [[...path, name]] },
        })),
    ),
  good,
  bad: [
    {
      says: 'a pod that is not to ask Mixer',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: sleep
  namespace: default
  annotations:
    policy.istio.io/check: disable
spec:
  containers:
  - name: sleep
    image: curlimages/curl
`,
      at: 'Pod/sleep metadata.annotations.policy.istio.io/check',
      shows: { source: 'https://istio.io/latest/news/releases/1.8.x/announcing-1.8/' },
    },
  ],
})

const weight = documentRule({
  id: 'O6',
  level: 'info',
  title: both('The weight of a single destination', '单个目的地的权重'),
  why: both(
    'Where a route has one destination everything goes there. `weight: 100` beside it is a habit of the older tutorials; it is harmless and says nothing.',
    '路由只有一个目的地时，一切都发往那里。旁边的 `weight: 100` 是早期教程的习惯，无害也无意义。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination'],
  group: 'networking.istio.io',
  kinds: ['VirtualService'],
  look: (spec) =>
    ['http', 'tls', 'tcp'].flatMap((kind) =>
      itemsOf(spec, kind).flatMap(([index, route]): Remark[] => {
        const to = asList(field(route, 'route'))
        const path = ['spec', kind, index, 'route', 0, 'weight']
        return to.length === 1 && field(to[0], 'weight') === 100
          ? [
              {
                path,
                says: both('A single destination needs no weight.', '单个目的地不需要权重。'),
                fix: { says: both('Remove weight', '删除 weight'), remove: [path] },
              },
            ]
          : []
      }),
    ),
  good,
  bad: [
    {
      says: 'weight: 100 for one destination',
      yaml: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cnn
  namespace: default
spec:
  hosts: [edition.cnn.com]
  http:
  - route:
    - destination:
        host: edition.cnn.com
        port:
          number: 80
      weight: 100
`,
      at: 'VirtualService/cnn spec.http.0.route.0.weight',
      shows: { source: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination' },
    },
  ],
})

const envoyFilter = documentRule({
  id: 'O7',
  level: 'warning',
  authority: 'webhook',
  title: both('EnvoyFilter is kept, not drawn', 'EnvoyFilter 保留但不画出'),
  why: both(
    'An EnvoyFilter changes what istiod has made, by the inner names of listeners, routes and clusters, which differ between releases. Here it is kept unchanged; it is not drawn, and the trace does not know what it changes. For wildcard hosts, see resolution DYNAMIC_DNS.',
    'EnvoyFilter 按监听器、路由和 cluster 的内部名称改动 istiod 生成的配置，这些名称随版本变化。此处原样保留；不会画出，推演也不知道它改了什么。通配符主机可参见 resolution DYNAMIC_DNS。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/envoy-filter/'],
  group: 'networking.istio.io',
  kinds: ['EnvoyFilter'],
  // Of one that Istio refuses W95 says so.
  look: (spec) =>
    itemsOf(spec, 'configPatches').some(([, patch]) => lacking(patch))
      ? []
      : [
          {
            path: ['kind'],
            says: both(
              'Kept as it is, but neither drawn nor traced: what it changes is not known here. Istio warns of it as well.',
              '原样保留，但既不画出也不推演：此处不知道它改变什么。Istio 也会对此警告。',
            ),
          },
        ],
  good,
  bad: [
    {
      says: 'any',
      yaml: object('networking.istio.io/v1alpha3', 'EnvoyFilter', '  configPatches: []\n'),
      at: 'EnvoyFilter/default kind',
      shows: { check: 'EnvoyFilter exposes internal implementation details' },
    },
  ],
})

export const outdatedIstio = [mixer, authentication, rbac, outboundPlace, installation, annotations, weight, envoyFilter]
