/** Role and RoleBinding: a sidecar that starts mutual TLS from a Secret must be allowed to list Secrets beside it (istio.md 3.3, B3). */
import { type Node, namespaceOf } from '../design'
import type { Document } from '../document'
import type { Grant } from '../mesh'
import type { Path } from '../path'
import type { Resource } from '../resource'
import { slug } from '../slug'
import { both } from '../text'
import { tlsKinds } from '../tls'
import type { ResourceKind, Writing } from './kind'
import { asList, asMap, asText, asTexts, isMap, writtenAt } from './loose'

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
  read: (document) => ({ grants: [roleFrom(document)] }),
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
  read: (document) => ({ grants: [bindingFrom(document)] }),
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

/** Kinds that hold for the whole cluster: they are read alone. */
export const clusterRole: ResourceKind = { group, kind: 'ClusterRole', read: (document) => ({ grants: [roleFrom(document)] }) }
export const clusterRoleBinding: ResourceKind = {
  group,
  kind: 'ClusterRoleBinding',
  read: (document) => ({ grants: [bindingFrom(document)] }),
}

/** istiod asks whether an account may `list` Secrets: a rule for some of them by name is not enough. */
function roleFrom(document: Document): Grant {
  const rules = asList(document.object.rules).filter(isMap)
  const names = (list: unknown, word: string) => asTexts(list).some((each) => each === word || each === '*')
  const reads = rules.some(
    (rule) =>
      names(rule.apiGroups, '') &&
      names(rule.resources, 'secrets') &&
      names(rule.verbs, 'list') &&
      asTexts(rule.resourceNames).length === 0,
  )
  return { ...writtenAt(document), by: 'Role', reads }
}

function bindingFrom(document: Document): Grant {
  const role = asMap(document.object.roleRef)
  const subjects = asList(document.object.subjects).filter(isMap)
  return {
    ...writtenAt(document),
    by: 'RoleBinding',
    role: asText(role.name),
    roleKind: asText(role.kind, 'Role'),
    subjects: subjects.map((subject) => ({
      kind: asText(subject.kind),
      name: asText(subject.name),
      namespace: asText(subject.namespace, document.namespace),
    })),
  }
}
