/** Who a Kubernetes object is: group, kind, namespace and name, as its text says. */
import { field, isMap } from '../../base/loose'
import type { Document } from '../document'

/** Kinds that lie in no namespace. */
const clusterWide = new Set(
  `Namespace Node PersistentVolume ClusterRole ClusterRoleBinding CustomResourceDefinition GatewayClass IngressClass StorageClass PriorityClass
  RuntimeClass APIService CSIDriver CSINode VolumeAttachment CertificateSigningRequest ClusterTrustBundle MutatingWebhookConfiguration
  ValidatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding FlowSchema PriorityLevelConfiguration ClusterIssuer XMesh`.split(
    /\s+/,
  ),
)

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

function textsIn(value: unknown): Record<string, string> {
  if (!isMap(value)) return {}
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

/** What a document is called; two of one text may be called the same. */
export const calledOf = ({ group, kind, namespace, name }: Pick<Document, 'group' | 'kind' | 'namespace' | 'name'>): string =>
  `${group}/${kind}/${namespace}/${name}`

/**
 * A document of an object; what is missing or no text is empty, only a namespace is `default` where the kind has one. `before`: how many
 * documents of the text that come before it are called the same.
 */
export function documentOf(object: Record<string, unknown>, text: string, before: (called: string) => number = () => 0): Document {
  const apiVersion = textIn(field(object, 'apiVersion'))
  const slash = apiVersion.indexOf('/')
  const kind = textIn(field(object, 'kind'))
  const metadata = field(object, 'metadata')
  const group = slash < 0 ? '' : apiVersion.slice(0, slash)
  const version = apiVersion.slice(slash + 1)
  const name = textIn(field(metadata, 'name'))
  const namespace = clusterWide.has(kind) ? '' : textIn(field(metadata, 'namespace')) || 'default'
  const called = calledOf({ group, kind, namespace, name })
  return {
    id: { group, version, kind, namespace, name, key: `${before(called)} ${called}` },
    group,
    version,
    kind,
    name,
    namespace,
    labels: textsIn(field(metadata, 'labels')),
    annotations: textsIn(field(metadata, 'annotations')),
    object,
    text,
  }
}

/** The objects of a `List`; null where it is none. */
export function itemsOf(object: Record<string, unknown>): Record<string, unknown>[] | null {
  const items = field(object, 'items')
  const listed = textIn(field(object, 'kind')).endsWith('List') && textIn(field(object, 'apiVersion')) !== ''
  return listed && Array.isArray(items) && items.every(isMap) ? items : null
}
