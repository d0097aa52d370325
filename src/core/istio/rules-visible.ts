/** Who sees an object, and which hosts a host covers (istio.md 7.2). */

interface Exported {
  namespace: string
  exportTo: readonly string[]
}

/** Whether proxies of a namespace see it: without `exportTo` everybody does. */
export const seenFrom = ({ namespace, exportTo }: Exported, from: string): boolean =>
  exportTo.length === 0 || exportTo.some((to) => to === '*' || to === from || (to === '.' && from === namespace))

/** Whether a host of a rule or server stands for another: the same name, `*`, or a wildcard above it. */
export const covers = (host: string, other: string): boolean =>
  host === other || host === '*' || (host.startsWith('*.') && other.endsWith(host.slice(1)))

/** Whether two hosts have a name in common. */
export const meet = (one: string, other: string): boolean => covers(one, other) || covers(other, one)

/** A server's host without the namespace before it. */
export const bare = (host: string): string => host.slice(host.indexOf('/') + 1)

/** The name that is asked for is one, not many. */
export const isConcrete = (host: string): boolean => host !== '*' && !host.startsWith('*.')
