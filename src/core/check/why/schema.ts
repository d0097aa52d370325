/** Why the API server refuses what does not fit the schema of its kind (istio/README 4). */
import { type Why, why } from './entry'

const validation = 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation'
const reference = 'https://istio.io/latest/docs/reference/config/networking/'

const values: Why = why(
  ['Values that a field takes', '字段接受的值'],
  [
    'The CRD of each kind says which type a field has, which words it knows and within which bounds it lies. The API server refuses the whole object for one wrong value; the old one, if there was one, stays in force.',
    '每种资源的 CRD 规定字段的类型、可用的词和范围。只要有一个值不对，API server 就拒绝整个对象；若已有旧的，则继续生效。',
  ],
  reference,
)
const cel: Why = why(
  ['Rules between fields', '字段之间的规则'],
  [
    'Some of a CRD’s rules are between fields: this or that but not both, each number once. They are written in CEL and checked by the API server itself, before Istio’s webhook sees the object.',
    'CRD 中有些规则涉及多个字段：二选一、编号不重复等。它们以 CEL 写成，由 API server 在 Istio 的 webhook 之前检查。',
  ],
  'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules',
)
const kind: Why = why(
  ['Kinds and versions that are served', '所提供的类型与版本'],
  [
    'A cluster serves the kinds whose CRDs are installed, at the versions that they name. For anything else kubectl says “no matches for kind”. Istio’s own kinds are v1 since Istio 1.22.',
    '集群只提供已安装 CRD 的类型及其所列版本。对其他类型 kubectl 会报 “no matches for kind”。Istio 自身的类型自 1.22 起为 v1。',
  ],
  'https://istio.io/latest/blog/2024/v1-apis/',
)

export const whySchema: Readonly<Record<string, Why>> = {
  'S-unknown': why(
    ['Fields that do not exist', '不存在的字段'],
    [
      'kubectl refuses fields that the schema does not know (strict validation, the default since Kubernetes 1.25); a client without that check drops them silently, and the object does less than it seems to say. Fields are written in camelCase: older tutorials say sni_hosts, which is sniHosts today, and since sniHosts is required the API server refuses the object without it in any case.',
      'kubectl 会拒绝 schema 中没有的字段（严格校验，自 Kubernetes 1.25 起为默认）；没有此检查的客户端会悄悄丢弃，对象实际做的比看上去的少。字段用驼峰式书写：早期教程写 sni_hosts，如今是 sniHosts；由于 sniHosts 必填，缺少它时 API server 无论如何都会拒绝。',
    ],
    validation,
    `${reference}virtual-service/#TLSMatchAttributes`,
  ),
  'S-required': why(
    ['Fields that must be there', '必填字段'],
    [
      'Without this field the object has no meaning, so the API server refuses it. Often the field is there under another name or one level too deep.',
      '缺少该字段对象就没有意义，因此 API server 会拒绝。常见原因是字段名写错，或多缩进了一层。',
    ],
    reference,
  ),
  'S-null': why(
    ['A name without a value', '没有值的名称'],
    [
      'The API server drops a null that its field does not allow, before it judges the object. In a selector that means: one label less is asked for, and of `istio:` alone nothing is left, so that every pod is selected.',
      'API server 在校验对象之前会丢弃字段不允许的 null。对选择器来说，这意味着少要求一个标签；若只写了 `istio:`，则什么都不剩，所有 Pod 都会被选中。',
    ],
    reference,
  ),
  'S-type': values,
  'S-enum': values,
  'S-range': values,
  'S-size': values,
  'S-pattern': values,
  'S-form': values,
  'S-rule': cel,
  'S-one-of': cel,
  'S-twice': cel,
  'S-kind': kind,
  'S-version': kind,
}
