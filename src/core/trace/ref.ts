/** Proxies, pods and hosts in a trace: whether two are one, and their names as the lab writes them. */

import type { StepAt } from './outcome'

/** Whether both mean the same proxy, pod or host. */
export const sameAt = (a: StepAt, b: StepAt): boolean => a.kind === b.kind && a.name === b.name && namespaceOf(a) === namespaceOf(b)

const namespaceOf = (of: StepAt): string => (of.kind === 'host' ? '' : of.namespace)

/** `namespace/name`, or a host's name. */
export const fullName = (of: StepAt): string => (of.kind === 'host' ? of.name : `${of.namespace}/${of.name}`)

/** `sidecar ns/pod`, `gateway ns/name`, `pod ns/name` or `host NAME`, for people and for the lab (e2e/mesh/README.md). */
export const titleOf = (of: StepAt): string => `${of.kind} ${fullName(of)}`
