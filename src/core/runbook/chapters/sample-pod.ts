/** Objects that are around the YAML of a design: sample pods that send requests, their namespaces, and Istio itself. */

import { slug } from '../../base/slug'
import { same } from '../../base/text'
import type { Dialect } from '../../compile/dialects/kind'
import { print, textOf } from '../../compile/print'
import type { Resource } from '../../compile/resource'
import { defaultGatewayPorts, gatewayPortsOf, isAppHop, labelsOf, type Node, namespaceOf } from '../../model/design'
import type { Subject } from './kind'

// Istio's own sample takes this image; a fixed version, for the newest one may be another tomorrow.
const image = 'curlimages/curl:8.10.1'

/** What the runbook has made carries this label, so that it takes away nothing else. */
export const madeHere = { 'app.kubernetes.io/managed-by': 'egress-runbook' }

/** The container of a sample pod: called like the pod, as in Istio's samples. */
export const containerOf = (pod: Node): string => slug(pod.name)

/** Pods that say nothing to a sidecar have none. */
export const hasSidecar = ({ design }: Subject, pod: Node): boolean => design.hops.some((hop) => isAppHop(hop) && hop.from === pod.id)

export const accountOf = (pod: Node): string => pod.fields.serviceAccount || pod.name

const plain: Pick<Resource, 'says' | 'notes' | 'needs' | 'origins'> = { says: same(''), notes: [], needs: [], origins: [] }

export const namespaceObject = (name: string, injected: boolean): Resource => ({
  ...plain,
  group: '',
  kind: 'Namespace',
  name,
  namespace: '',
  labels: { ...madeHere, ...(injected && { 'istio-injection': 'enabled' }) },
  body: {},
})

export const accountObject = (pod: Node): Resource => ({
  ...plain,
  group: '',
  kind: 'ServiceAccount',
  name: accountOf(pod),
  namespace: namespaceOf(pod),
  labels: madeHere,
  body: {},
})

/** A pod that waits for `kubectl exec`, as Istio's samples have it. */
export function podObject(pod: Node, sidecar: boolean): Resource {
  const labels = labelsOf(pod)
  const container = { name: containerOf(pod), image, command: ['/bin/sleep', 'infinity'] }
  const metadata = { labels: { ...labels, ...(!sidecar && { 'sidecar.istio.io/inject': 'false' }) } }
  return {
    ...plain,
    group: 'apps',
    kind: 'Deployment',
    name: pod.name,
    namespace: namespaceOf(pod),
    labels: madeHere,
    body: {
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata,
          spec: { terminationGracePeriodSeconds: 0, serviceAccountName: accountOf(pod), containers: [container] },
        },
      },
    },
  }
}

/** What `istioctl install` takes: the gateways of the design, access logs, and the outbound traffic policy (istio/README 10). */
export function installationOf({ design, dialect }: Subject): string {
  const gateways = design.nodes.filter((node) => node.kind === 'gateway').map(gatewayComponent)
  const spec = {
    profile: 'default',
    meshConfig: {
      accessLogFile: '/dev/stdout',
      outboundTrafficPolicy: { mode: design.world.outbound },
      ...(design.world.visibility !== 'PUBLIC' && {
        serviceEntryVisibility: { defaultVisibility: design.world.visibility, applyToSidecars: true },
      }),
    },
    ...(gateways.length > 0 && { components: { egressGateways: gateways } }),
  }
  const object: Resource = { ...plain, group: 'install.istio.io', kind: 'IstioOperator', name: 'egress', namespace: '', body: { spec } }
  return yamlOf([object], { ...dialect, version: (group) => `${group}/v1alpha1` })
}

function gatewayComponent(gateway: Node): Record<string, unknown> {
  const ports = gatewayPortsOf(gateway)
  const usual = JSON.stringify(ports) === JSON.stringify(defaultGatewayPorts)
  const named: Record<number, string> = { 80: 'http2', 443: 'https' }
  const written = ports.map(({ number, targetPort }) => ({ name: named[number] ?? `tcp-${number}`, port: number, targetPort }))
  return {
    name: gateway.name,
    namespace: namespaceOf(gateway),
    enabled: true,
    label: labelsOf(gateway),
    ...(!usual && { k8s: { service: { ports: written } } }),
  }
}

/** Objects as text without comments: the runbook says beside them what they are for, in both languages. */
export const yamlOf = (resources: readonly Resource[], dialect: Dialect): string =>
  textOf(print(resources, dialect, { comments: false, lang: 'en' }))
