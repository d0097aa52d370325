/** What every stage may ask: what istiod knows, and what the app was told to send. */

import { isIP } from '../base/ip'
import { both, type Text } from '../base/text'
import { blockedBy, dnsAddress } from '../istio/network-policy'
import type { Proxy } from '../istio/proxy'
import { type ProxyConfig, proxyConfig } from '../istio/proxy-config'
import type { PushContext } from '../istio/push-context'
import { hostOfChance } from '../istio/service-entry-order'
import type { Workload } from '../istio/surroundings'
import { resolved } from './addresses'
import type { AppRequest } from './app-request'
import type { StepAt } from './outcome'
import type { Wire } from './wire'

export interface TraceContext {
  push: PushContext
  app: AppRequest
}

/** Who opens a connection: where its steps are, and the pod that NetworkPolicies and AuthorizationPolicies look at. */
export interface Downstream {
  at: StepAt
  pod: Workload
  ip: string
}

/** A connection that somebody opens, and what is sent on it. */
export interface Connection {
  from: Downstream
  ip: string
  port: number
  wire: Wire
  /** The certificate that it needs is not there: it never comes about. */
  lacksSecret?: true
}

/** Where the app wanted to go, before the connection was captured. */
export interface OriginalDestination {
  ip: string
  port: number
}

export const downstreamOf = ({ ref, pod, at }: Proxy): Downstream => ({ at: ref, pod, ip: at.ip })

export const configOf = ({ push }: TraceContext, proxy: Proxy): ProxyConfig => proxyConfig(push, proxy)

/** What DNS tells a pod; null for no answer, or where a NetworkPolicy keeps it from asking. */
export function lookedUp({ push, app }: TraceContext, pod: Workload, name: string): string | null {
  if (isIP(name)) return name
  if (name === '' || blockedBy(push, pod, dnsAddress, 53, 'UDP')) return null
  return resolved(push, app.host, name)
}

/** That it is chance how a proxy dials a host; null where it is known. */
export function chanceOf({ push }: TraceContext, proxy: Proxy, name: string): Text | null {
  const host = hostOfChance(push, proxy, name)
  return (
    host &&
    both(
      `Several ServiceEntries of one age in ${host.namespace} have the host ${host.name} with different resolutions; which one counts is chance.`,
      `命名空间 ${host.namespace} 中有多个创建时间相同的 ServiceEntry 声明主机 ${host.name}，而 resolution 不同；哪一个生效是随机的。`,
    )
  )
}
