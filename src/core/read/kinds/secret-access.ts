/** Who may read Secrets: Roles, RoleBindings, and those of the whole cluster. */
import { asList, asMap, asText, asTexts, isMap } from '../../base/loose'
import type { SecretAccess } from '../../istio/mesh'
import type { Document } from '../../yaml/document'
import { writtenAt } from '../loose'
import type { Reader } from './kind'

const group = 'rbac.authorization.k8s.io'
const read: Reader['read'] = (document) => ({ secretAccess: [roleFrom(document)] })
const readBinding: Reader['read'] = (document) => ({ secretAccess: [bindingFrom(document)] })

export const role: Reader = { group, kind: 'Role', read }
export const clusterRole: Reader = { group, kind: 'ClusterRole', read }
export const roleBinding: Reader = { group, kind: 'RoleBinding', read: readBinding }
export const clusterRoleBinding: Reader = { group, kind: 'ClusterRoleBinding', read: readBinding }

/** istiod asks whether an account may `list` Secrets: a rule for some of them by name is not enough. */
function roleFrom(document: Document): SecretAccess {
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

function bindingFrom(document: Document): SecretAccess {
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
