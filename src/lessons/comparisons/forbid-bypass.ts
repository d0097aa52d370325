/** Then and now: nobody bypasses the gateway. */
import { both } from '../../core/base/text'
import type { Comparison } from '../kind'
import { version } from './reasons'

export const forbidBypassThen: readonly Comparison[] = [
  {
    title: both('The NetworkPolicy', '网络策略（NetworkPolicy）'),
    original: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-egress-to-istio-system-and-kube-dns
spec:
  podSelector: {}
  policyTypes:
  - Egress
  egress:
  - to:
    - namespaceSelector:
        matchLabels:
          kube-system: "true"
    ports:
    - protocol: UDP
      port: 53
  - to:
    - namespaceSelector:
        matchLabels:
          istio: system
`,
    today: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-egress-to-istio-system-and-kube-dns
  namespace: test-egress
spec:
  podSelector: {}
  policyTypes:
  - Egress
  egress:
  - to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
    ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
  - to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: istio-system
`,
    reasons: [
      {
        at: 'kube-system: "true"',
        says: both(
          'Labels that somebody has to set by hand first; forget one, and the policy allows nothing. Kubernetes labels every namespace with its own name.',
          '这些标签要先手工设置；漏掉一个，策略就什么都不放行。Kubernetes 会自动用名称给每个命名空间打上标签。',
        ),
      },
      {
        at: 'istio: system',
        says: both(
          'The same here: `kubernetes.io/metadata.name` needs no step, and nobody can give it to another namespace.',
          '这里也一样：`kubernetes.io/metadata.name` 无需任何步骤，而且别的命名空间无法冒用。',
        ),
      },
      {
        at: 'protocol: TCP',
        says: both('DNS answers that are too long for UDP come over TCP.', 'DNS 应答太长、UDP 装不下时，会改用 TCP。'),
      },
      {
        at: 'namespace: test-egress',
        says: both(
          'The namespace is in the text, not only in the command that applies it.',
          '命名空间写在文本里，而不只是写在 apply 命令中。',
        ),
      },
    ],
  },
  {
    title: both('The subset for the second namespace', '第二个命名空间所需的 subset'),
    original: `apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
`,
    today: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: egressgateway-for-cnn
  namespace: istio-system
spec:
  host: istio-egressgateway.istio-system.svc.cluster.local
  subsets:
  - name: cnn
`,
    reasons: [
      version,
      {
        at: 'namespace: istio-system',
        says: both(
          'The tutorial made a copy for each client namespace. One rule in the gateway’s namespace serves them all, as long as no client’s namespace has a rule of its own for the gateway: that one would hide it.',
          '教程为每个客户端命名空间各做一份副本。在网关的命名空间放一条规则就够所有命名空间使用，前提是客户端命名空间里没有自己的、针对网关的规则，否则会把它遮住。',
        ),
      },
    ],
  },
]
