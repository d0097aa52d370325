/** Role and RoleBinding: a sidecar that starts mutual TLS from a Secret must be allowed to list Secrets beside it (istio/README 3.3). */

import { slug } from '../../base/slug'
import { both } from '../../base/text'
import { type Node, namespaceOf } from '../../model/design'
import type { Path } from '../../model/path'
import { tlsKinds } from '../../model/tls'
import type { Resource } from '../resource'
import type { ResourceKind, Writing } from './kind'

const group = 'rbac.authorization.k8s.io'

/** Pods whose sidecars read a Secret, each once. */
function readers({ plan }: Writing): Node[] {
  const reads = ({ outside: { tls, fields }, host, speaks }: Path) =>
    tlsKinds[tls].client(fields, { host: host.name, speaks })?.credentialName
  return [...new Set(plan.paths.filter((path) => !path.gateway && reads(path)).map((path) => path.pod))]
}

const accountOf = (pod: Node): string => pod.fields.serviceAccount || pod.name

/** One object an account: pods may share it. */
function perAccount(by: Writing, write: (pod: Node, name: string) => Resource): Resource[] {
  const accounts = new Map(readers(by).map((pod) => [`${namespaceOf(pod)}/${accountOf(pod)}`, pod]))
  return [...accounts.values()].map((pod) => write(pod, slug(`${accountOf(pod)}-reads-secrets`)))
}

export const role: ResourceKind = {
  group,
  kind: 'Role',
  ofDesign: (by) =>
    perAccount(by, (pod, name) => ({
      group,
      kind: 'Role',
      name,
      namespace: namespaceOf(pod),
      body: { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }] },
      says: both(`May list Secrets, for the sidecar of ${pod.name}.`, `允许列出 Secret，供 ${pod.name} 的 Sidecar 使用。`),
      notes: [],
      needs: [],
      origins: [{ path: [], ids: [pod.id] }],
    })),
}

export const roleBinding: ResourceKind = {
  group,
  kind: 'RoleBinding',
  ofDesign: (by) =>
    perAccount(by, (pod, name) => ({
      group,
      kind: 'RoleBinding',
      name,
      namespace: namespaceOf(pod),
      body: {
        roleRef: { apiGroup: group, kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name: accountOf(pod), namespace: namespaceOf(pod) }],
      },
      says: both(`Gives that right to ${accountOf(pod)}.`, `把该权限授予 ${accountOf(pod)}。`),
      notes: [],
      needs: [],
      origins: [{ path: [], ids: [pod.id] }],
    })),
}
