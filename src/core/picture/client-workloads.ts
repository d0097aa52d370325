/** Workloads of a text that may be clients. */

import type { Labels } from '../base/labels'
import type { Mesh, PodTemplate } from '../istio/mesh'
import { fits } from '../istio/selector'

/** Neither a gateway's pods nor those of a Service that rules of the text lead to. */
export function clientWorkloads(
  { podTemplates, serviceHosts, destinationRules, routes }: Mesh,
  gateways: readonly { namespace: string; name: string; labels: Labels }[],
): PodTemplate[] {
  if (podTemplates.length === 0) return []
  const led = new Set([
    ...destinationRules.map(({ host }) => host),
    ...routes.flatMap(({ http, tls, tcp }) => [...http, ...tls, ...tcp].flatMap(({ to }) => to.map(({ host }) => host))),
    ...serviceHosts.flatMap(({ endpoints }) => endpoints.map(({ address }) => address)),
  ])
  const servers = serviceHosts.filter(({ by, hosts }) => by === 'Service' && hosts.some((host) => led.has(host)))
  const serves = ({ namespace, labels }: PodTemplate) =>
    servers.some(({ namespace: own, selector }) => own === namespace && selector !== null && fits(selector, labels))
  const isGateway = ({ namespace, name, labels, gateway }: PodTemplate) =>
    gateway || gateways.some((each) => each.namespace === namespace && (each.name === name || fits(each.labels, labels)))
  return podTemplates.filter((pods) => !isGateway(pods) && !serves(pods))
}
