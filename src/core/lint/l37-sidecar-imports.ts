import { both } from '../base/text'
import { sees } from '../istio/export-to'
import { isWildcarded, subsetOf } from '../istio/host-name'
import type { Sidecar } from '../istio/mesh'
import { pushContextOf } from '../istio/push-context'
import type { Service } from '../istio/service-registry'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import type { Place } from '../yaml/document'
import { at, called, list, ruled, setting } from './named'

const id = 'L37'

/** Hosts that a Sidecar takes from a namespace that has no such host, while another has it (Istio `model/sidecar.go`). What no text has may be in the cluster. */
function check({ mesh, around }: RuleInput): RuleFinding[] {
  if (mesh.sidecars.length === 0) return []
  const known = [...pushContextOf(mesh, around).byHost.values()].flat()
  const told = (sidecar: Sidecar, host: string, place: Place): RuleFinding[] => {
    const there = missed(sidecar, host, known)
    return there.length > 0 ? [elsewhere(sidecar, place, host, there)] : []
  }
  return mesh.sidecars.flatMap((sidecar) =>
    (sidecar.egress ?? []).flatMap(({ hosts, from }) => hosts.flatMap((host, index) => told(sidecar, host, at(from, 'hosts', index)))),
  )
}

/** The hosts of that name elsewhere, where the named namespace has none and no other line of the Sidecar takes it. */
function missed({ namespace, egress }: Sidecar, written: string, known: readonly Service[]): Service[] {
  const [space = '', name = ''] = written.split('/')
  if (space === '*' || space.startsWith('~') || isWildcarded(name) || name === '') return []
  const own = space === '.' || space === '' ? namespace : space
  const there = known.filter((service) => subsetOf(name, service.name))
  const taken = (egress ?? []).flatMap(({ hosts }) => hosts).some((line) => line !== written && takes(line, namespace, name, there))
  return taken || there.some((service) => service.namespace === own) ? [] : there
}

function takes(line: string, namespace: string, name: string, there: readonly Service[]): boolean {
  const [space = '', pattern = ''] = line.split('/')
  const spaces = space === '.' ? [namespace] : [space]
  return subsetOf(name, pattern) && (space === '*' || there.some((service) => spaces.includes(service.namespace)))
}

function elsewhere(sidecar: Sidecar, place: Place, host: string, there: readonly Service[]): RuleFinding {
  const name = host.split('/')[1] ?? ''
  const seen = there.find((service) => sees(sidecar.namespace, service))
  const spaces = list([...new Set(there.map(({ namespace }) => namespace))])
  return ruled(
    id,
    'warning',
    place,
    both(
      `${called(sidecar)} takes ${host}, but no host of that name is there: ${name} is in ${spaces}${seen ? '' : ', which does not export it here'}. Its pods do not know it.`,
      `${called(sidecar)} 引入 ${host}，但那里没有这个主机：${name} 在 ${spaces} 中${seen ? '' : '，而且没有导出到这里'}。它的 Pod 不认识该主机。`,
    ),
    seen && setting(both(`Take it from ${seen.namespace}`, `改为从 ${seen.namespace} 引入`), [place, `${seen.namespace}/${name}`]),
  )
}

const scoped = (host: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: default}
spec:
  egress: [{hosts: ["${host}", "istio-system/*"]}]
`

export const sidecarImports: Rule = {
  id,
  level: 'warning',
  title: both('A Sidecar takes a host from where it is not', 'Sidecar 从没有该主机的命名空间引入它'),
  why: both(
    'Each line of egress.hosts is a namespace and a host: `./` is the Sidecar’s own namespace, `*/` every one. What the namespace does not have is not taken, and nothing says so: to these pods the host is unknown, so that it passes by under ALLOW_ANY and is stopped under REGISTRY_ONLY.',
    'egress.hosts 的每一行是一个命名空间和一个主机：`./` 指 Sidecar 自己的命名空间，`*/` 指所有命名空间。命名空间里没有的主机不会被引入，也没有任何提示：对这些 Pod 来说主机是未知的，在 ALLOW_ANY 下直接放行，在 REGISTRY_ONLY 下被拦截。',
  ),
  links: ['https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener'],
  check,
  good: [
    { says: 'From the namespace that has it.', yaml: scoped('shop/edition.cnn.com'), around: { outbound: 'REGISTRY_ONLY' }, direct: true },
  ],
  bad: [
    {
      says: 'From its own namespace, which has no such host.',
      yaml: scoped('./edition.cnn.com'),
      around: { outbound: 'REGISTRY_ONLY' },
      at: 'Sidecar/default spec.egress.0.hosts.0',
      shows: { url: 'http://edition.cnn.com/politics', ends: { status: 502 } },
    },
  ],
}
