/** Hosts whose ServiceEntry the mesh hides from a proxy on the way (`serviceEntryVisibility`, istio/service-entry-visibility). */

import { both, type Text } from '../../base/text'
import { isServiceHost } from '../../istio/host-name'
import { originatesTls } from '../../istio/tls-mode'
import { type Node, namespaceOf, type World } from '../../model/design'
import type { Path } from '../../model/path'
import type { Finding } from '../../yaml/finding'

/** A host, where its objects are written, and who calls it. */
interface Written {
  host: Node
  namespace: string
  paths: readonly Path[]
}

/** A finding for each proxy that does not see the entry of a host to which its paths lead. */
export function hidden(world: World, { host, namespace, paths }: Written): Finding[] {
  if (world.visibility === 'PUBLIC' || isServiceHost(host.name)) return []
  const isHidden = (proxy: Node) => world.visibility === 'NONE' || namespaceOf(proxy) !== namespace
  const told = new Set<Node>()
  return paths.flatMap((path): Finding[] => {
    const { gateway, pod, mesh, outside } = path
    const proxy = gateway && isHidden(gateway) ? gateway : isHidden(pod) ? pod : null
    if (!proxy || told.has(proxy)) return []
    told.add(proxy)
    const works = proxy === pod && worksUnseen(path, world)
    const on = proxy === pod && mesh ? mesh.hop : outside.hop
    return [
      { rule: 'entry-hidden', level: works ? 'warning' : 'error', by: 'design', on, says: says(world, proxy, host.name, namespace, works) },
    ]
  })
}

/** Whether requests of a sidecar that does not know the host go on all the same: unmanaged, or by a route of a port that another Service has. */
const worksUnseen = ({ gateway, speaks, dialled, outside }: Path, { outbound }: World): boolean =>
  gateway ? speaks === 'HTTP' && dialled === 80 : outbound !== 'REGISTRY_ONLY' && !originatesTls(outside.tls)

function says({ visibility }: World, proxy: Node, host: string, namespace: string, works: boolean): Text {
  const who = `${namespaceOf(proxy)}/${proxy.name}`
  const why =
    visibility === 'NONE'
      ? both('serviceEntryVisibility NONE hides it from every proxy', 'serviceEntryVisibility NONE 使任何代理都看不到它')
      : both(
          `serviceEntryVisibility NAMESPACE shows it to proxies in ${namespace} alone`,
          `serviceEntryVisibility NAMESPACE 使它只对 ${namespace} 中的代理可见`,
        )
  const then = works
    ? both('Its requests go on as to a host that nobody knows.', '其请求会像对未知主机那样离开。')
    : both(
        'Its requests do not go as drawn: write the host’s objects where the proxy sees them.',
        '其请求不会按图进行：请把该主机的对象写在代理能看到的地方。',
      )
  return both(
    `${who} does not see the ServiceEntry of ${host}: ${why.en}. ${then.en}`,
    `${who} 看不到 ${host} 的 ServiceEntry：${why.zh}。${then.zh}`,
  )
}
