import { both } from '../base/text'
import type { Rule, RuleFinding, RuleInput } from '../rules/kind'
import { replacedBy } from '../yaml/replaced'
import { c1 } from './canon'
import { called, ruled } from './named'

const id = 'L27'

/** The same kind, namespace and name again: `kubectl apply` writes the later one over the earlier. */
const check = ({ documents }: RuleInput): RuleFinding[] =>
  [...replacedBy(documents).keys()].map((earlier) =>
    ruled(
      id,
      'warning',
      { of: earlier.id, path: ['metadata', 'name'] },
      both(
        `${called({ of: earlier.id, path: [] })} comes again further down: kubectl apply writes the later one over this, and only that will exist.`,
        `${called({ of: earlier.id, path: [] })} 在后面又出现了一次：kubectl apply 会用后一个覆盖这一个，最终只有后一个存在。`,
      ),
      { says: both('Remove the earlier one', '删除较早的一个'), changes: [{ remove: { of: earlier.id, path: [] } }] },
    ),
  )

const twice = `${c1}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: direct-cnn-through-egress-gateway, namespace: default}
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: edition.cnn.com, port: {number: 80}}}]
`

export const sameObject: Rule = {
  id,
  level: 'warning',
  title: both('The same object twice', '同一个对象出现两次'),
  why: both(
    'Kind, namespace and name say which object is meant. A file that holds two of one name is applied from top to bottom, and the later one replaces the earlier whole; rules and routes of both are never added up.',
    '类型、命名空间与名称决定指的是哪个对象。文件中若有两个同名对象，会从上到下依次应用，后一个整体取代前一个；两者的规则与路由不会相加。',
  ),
  links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
  check,
  good: [{ says: 'Each once.', yaml: c1 }],
  bad: [
    {
      says: 'A second VirtualService of the same name sends the request past the gateway.',
      yaml: twice,
      at: 'VirtualService/direct-cnn-through-egress-gateway metadata.name',
      shows: { url: 'http://edition.cnn.com/politics', ends: { direct: true } },
    },
  ],
}
