/** Symptoms of traffic that does not come to where it should: nothing is logged, nothing goes through the gateway, nothing may leave. */

import { both } from '../../base/text'
import { labelsOf, namespaceOf, serviceHostOf } from '../../model/design'
import type { Path } from '../../model/path'
import type { Block, Subject } from './kind'
import { command, proxy, selector } from './shell'

/** Those that can show up in this design. */
export function placeSymptoms(of: Subject): Block[] {
  const [first] = of.plan.paths
  const through = of.plan.paths.find((path) => path.gateway)
  const guarded = of.plan.paths.find((path) => of.design.guards.some(({ namespace }) => namespace === namespaceOf(path.pod)))
  const closed = of.design.world.outbound === 'REGISTRY_ONLY'
  return [
    ...(first ? [noLine(first)] : []),
    ...(through ? [bypass(through), hidden(through), unbound(through)] : []),
    ...(closed && first ? [unknown(first)] : []),
    ...(guarded ? [timeout(of, guarded), unguarded(guarded)] : []),
  ]
}

const noLine = ({ pod }: Path): Block => ({
  says: both(
    `No log line at all: ${pod.name} has no sidecar (READY says 1/1), or access logs are off. A sidecar comes with new pods only: restart the pod after the namespace got its label.`,
    `完全没有日志：${pod.name} 没有 Sidecar（READY 显示 1/1），或者没有打开访问日志。Sidecar 只注入新建的 Pod：给命名空间加标签之后要重启 Pod。`,
  ),
  run: command('kubectl', 'get', 'pod', '-n', namespaceOf(pod), '-l', selector(labelsOf(pod))),
  expect: `NAME                     READY   STATUS    RESTARTS   AGE\n${`${pod.name}-…`.padEnd(24)} 2/2     Running   …          …`,
})

/** How the sidecar of a path shows where it sends it: routes for HTTP, filter chains for the rest. */
const way = ({ pod, speaks, dialled }: Path): string =>
  speaks === 'HTTP'
    ? command('istioctl', 'proxy-config', 'routes', proxy(pod), '--name', String(dialled))
    : command('istioctl', 'proxy-config', 'listeners', proxy(pod), '--port', String(dialled))

const bypass = (path: Path): Block => ({
  says: both(
    `The request arrives, but the gateway has no line, and the sidecar’s names PassthroughCluster or outbound|${path.dialled}||${path.host.name}: the VirtualService does not apply. It must list the gateway “mesh”, match port ${path.dialled}, and its host must be in a ServiceEntry that ${namespaceOf(path.pod)} sees.`,
    `请求到达了，但网关没有日志，Sidecar 的日志里是 PassthroughCluster 或 outbound|${path.dialled}||${path.host.name}：VirtualService 没有生效。它必须列出网关 “mesh”，匹配端口 ${path.dialled}，并且其主机要写在 ${namespaceOf(path.pod)} 能看到的 ServiceEntry 中。`,
  ),
  run: way(path),
})

const hidden = (path: Path): Block => {
  const service = path.gateway ? serviceHostOf(path.gateway) : ''
  return {
    says: both(
      `503 with NC cluster_not_found in the sidecar’s line, or curl exits 35 with NC: the subset that the route names is not visible. ${namespaceOf(path.pod)} sees one DestinationRule for ${service} only, its own before the gateway’s: a second one in ${namespaceOf(path.pod)} hides the rest.`,
      `Sidecar 的日志是 503 和 NC cluster_not_found，或者 curl 以 35 退出并带有 NC：看不到路由所用的 subset。对 ${service}，${namespaceOf(path.pod)} 只采用一处的 DestinationRule，自己的优先于网关的：在 ${namespaceOf(path.pod)} 再写一个会遮住其余的。`,
    ),
    run: [command('istioctl', 'proxy-config', 'clusters', proxy(path.pod), '--fqdn', service), 'kubectl get dr -A'].join('\n'),
  }
}

const unbound = ({ gateway, host, speaks }: Path): Block => ({
  says:
    speaks === 'HTTP'
      ? both(
          `404 with NR route_not_found in the gateway’s line: no VirtualService for ${host.name} is bound to this Gateway. Host, Gateway (namespace/name) and port must fit; the port is the Gateway server’s number, not 8080.`,
          `网关的日志是 404 和 NR route_not_found：没有为 ${host.name} 绑定到该 Gateway 的 VirtualService。主机、Gateway（命名空间/名称）和端口都要相符；端口是 Gateway server 的 number，不是 8080。`,
        )
      : both(
          `curl exits 35 and the sidecar’s line says Connection_refused: the gateway does not listen. A PASSTHROUGH server needs a “tls” route with ${host.name} in sniHosts, an ISTIO_MUTUAL server for TLS or TCP a “tcp” route.`,
          `curl 以 35 退出，Sidecar 的日志是 Connection_refused：网关没有监听。PASSTHROUGH 的 server 需要 “tls” 路由且 sniHosts 包含 ${host.name}，用于 TLS 或 TCP 的 ISTIO_MUTUAL server 需要 “tcp” 路由。`,
        ),
  run: gateway ? command('istioctl', 'proxy-config', speaks === 'HTTP' ? 'routes' : 'listeners', proxy(gateway)) : '',
})

const unknown = ({ pod }: Path): Block => ({
  says: both(
    `502 with route block_all, or curl exits 35 with BlackHoleCluster: under REGISTRY_ONLY the host is unknown to ${pod.name}. It needs a ServiceEntry with that host and port.`,
    `502 且路由为 block_all，或者 curl 以 35 退出并出现 BlackHoleCluster：在 REGISTRY_ONLY 下 ${pod.name} 不认识该主机。需要一个包含该主机和端口的 ServiceEntry。`,
  ),
  run: 'kubectl get se -A',
})

const timeout = ({ resources }: Subject, { pod }: Path): Block => {
  const policy = resources.find(({ kind, namespace }) => kind === 'NetworkPolicy' && namespace === namespaceOf(pod))
  return {
    says: both(
      `curl exits 28, or 503 after some ten seconds with connection_timeout: the NetworkPolicy stops it. That is right for what goes past the gateway. For what goes through it, the policy must name the pod’s ports, such as 8080, and let DNS and istiod through.`,
      `curl 以 28 退出，或者十几秒后返回 503 并带有 connection_timeout：被网络策略拦下。绕过网关的流量理应如此。若是经过网关的流量，策略必须写 Pod 的端口（例如 8080），并放行 DNS 和 istiod。`,
    ),
    run: command('kubectl', 'describe', '-n', namespaceOf(pod), `networkpolicy/${policy?.name ?? ''}`),
  }
}

const unguarded = ({ pod }: Path): Block => ({
  says: both(
    `What the NetworkPolicy of ${namespaceOf(pod)} should stop arrives: the cluster’s network plugin does not enforce it, or a second policy lets it out, for what one of them allows is allowed.`,
    `${namespaceOf(pod)} 的网络策略本应拦下的请求却到达了：集群的网络插件没有执行它，或者另有一条策略放行，因为只要有一条允许就会放行。`,
  ),
  run: ['kubectl get daemonset -A', command('kubectl', 'get', 'networkpolicy', '-n', namespaceOf(pod))].join('\n'),
})
