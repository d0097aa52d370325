/** Where a request parts from the way that it took before: the first hop that is another, in a sentence's part. */
import { both, type Text } from '../base/text'
import { clusterName } from '../istio/cluster-ref'
import type { HopLine, Trace } from '../trace/outcome'

/** Both arrive, or neither does; the same part for every pod of which it is true. */
export function partingOf({ outcome: was }: Trace, { outcome: is, says }: Trace): Text {
  const [old, now] = [was.hops, is.hops].map((hops) => hops.map(proxyOf)) as [Text[], Text[]]
  if (listed(old).en !== listed(now).en)
    return both(`through ${listed(now).en}, not ${listed(old).en}`, `经由${listed(now).zh}，而不是${listed(old).zh}`)
  for (const [index, line] of is.hops.entries()) {
    const [before, who] = [was.hops[index] as HopLine, proxyOf(line)]
    const [from, to] = [before, line].map(arrivalOf) as [Text, Text]
    if (from.en !== to.en) return both(`${who.en} gets ${to.en}, not ${from.en}`, `${who.zh}收到的是${to.zh}，而不是${from.zh}`)
    const [left, leads] = [before, line].map(({ cluster }) => (cluster ? clusterName(cluster) : '-'))
    if (left !== leads) return both(`${who.en} sends it to ${leads}, not ${left}`, `${who.zh}把它发往 ${leads}，而不是 ${left}`)
  }
  if (was.status !== is.status) return both(`the answer is ${is.status}, not ${was.status}`, `应答为 ${is.status}，而不是 ${was.status}`)
  const [met, meets] = [was, is].map(({ server }) =>
    server ? both(`port ${server.port}, ${tlsOf(server).en}`, `端口 ${server.port}，${tlsOf(server).zh}`) : nothing,
  ) as [Text, Text]
  if (met.en === meets.en) return both(says.en.replace(/\.$/, ''), says.zh.replace(/。$/, ''))
  return both(`the server sees ${meets.en}, not ${met.en}`, `服务器看到的是${meets.zh}，而不是${met.zh}`)
}

const nothing = both('nothing', '什么也没有')

const proxyOf = ({ proxy: { kind, namespace, name } }: HopLine): Text =>
  kind === 'sidecar' ? both('the sidecar', 'Sidecar ') : both(`gateway ${namespace}/${name}`, `网关 ${namespace}/${name} `)

const listed = (proxies: readonly Text[]): Text =>
  proxies.length === 0
    ? both('no proxy', '没有代理')
    : both(proxies.map(({ en }) => en).join(' and '), proxies.map(({ zh }) => zh).join('和'))

/** How a connection came in. */
const arrivalOf = ({ tls, peer }: HopLine): Text =>
  tls === '-' || tls === ''
    ? both('plain text', '明文')
    : peer === '-' || peer === ''
      ? both('TLS', 'TLS')
      : both(`mutual TLS of ${peer}`, `${peer} 的双向 TLS`)

const tlsOf = ({ tls, sni, clientCert }: NonNullable<Trace['outcome']['server']>): Text => {
  if (tls === '-' || tls === '') return both('plain text', '明文')
  const certificate = clientCert !== '-' && clientCert !== ''
  return both(
    `TLS with SNI ${sni || '-'}${certificate ? ' and a client certificate' : ''}`,
    `SNI 为 ${sni || '-'} 的 TLS${certificate ? '和客户端证书' : ''}`,
  )
}
