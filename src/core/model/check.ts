/** What is wrong with a design before anything is compiled: names, ports, ends that are missing, fields that contradict each other. */

import { grouped } from '../base/collect'
import { memo } from '../base/memo'
import { both } from '../base/text'
import { needsClientCertificate, originatesTls } from '../istio/tls-mode'
import { type Finding, finding } from '../yaml/finding'
import { type AppHop, type Design, gatewayPortsOf, isAppHop, type Node, namespaceOf, type TlsFields, type WireHop } from './design'
import { checkName, checkPort, type Field } from './field'
import { hostFindings } from './host-rules'
import { legOf, nodeKinds } from './nodes'
import { dialledPort, type Path, pathsOf } from './path'
import { tlsKinds } from './tls'

/** All findings of the drawing itself. What only the paths together show, the plan tells (`plan/plan.ts`). */
export function check(design: Design): Finding[] {
  const paths = pathsOf(design)
  const nodes = new Map(design.nodes.map((node) => [node.id, node]))
  const byHost = grouped(paths, (path) => [path.host.id])
  const byHop = grouped(paths, (path) => [path.outside.hop])
  const used = new Set(paths.map((path) => path.hops[0]))
  return [
    ...design.nodes.flatMap((node) => [...fieldsOf(node), ...(node.kind === 'host' ? hostFindings(node, byHost.get(node.id) ?? []) : [])]),
    ...duplicates(design),
    ...testServers(design),
    ...design.hops.flatMap((hop) =>
      isAppHop(hop) ? callRules(hop, used.has(hop.id)) : wireRules(hop, nodes.get(hop.from), nodes.get(hop.to), byHop.get(hop.id) ?? []),
    ),
    ...dangling(design),
    ...worldRules(design),
  ]
}

/** Every field of a node by its own check. */
const fieldsOf = memo((node: Node): Finding[] =>
  nodeKinds[node.kind].fields.flatMap((field) => complaints(field, valueOf(node, field.id), node.id)),
)

function valueOf(node: Node, id: string): unknown {
  if (id === 'name') return node.name
  if (id === 'namespace') return node.namespace
  return node.fields[id as keyof Node['fields']]
}

function complaints(field: Field, value: unknown, on: string): Finding[] {
  const must = field.id === 'name'
  if (!field.check || (!must && (value === undefined || value === ''))) return []
  return listed(value).flatMap((entry) => {
    const complaint = field.check?.(entry)
    return complaint
      ? [
          finding('field', 'error', on, complaint.says, {
            field: field.id,
            ...(complaint.offer !== undefined && { offer: complaint.offer }),
          }),
        ]
      : []
  })
}

/** A value as the texts that its check looks at. */
export function listed(value: unknown): string[] {
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === 'object' && entry !== null ? `${entry.number}:${entry.targetPort}` : String(entry)))
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, entry]) => `${key}=${entry}`)
  return value === undefined ? [''] : [String(value)]
}

function wireRules(hop: WireHop, from: Node | undefined, to: Node | undefined, paths: readonly Path[]): Finding[] {
  const found: Finding[] = []
  const leg = from && to ? legOf(from.kind, to.kind) : null
  if (hop.wire.port !== undefined) {
    const complaint = checkPort(String(hop.wire.port))
    if (complaint) found.push(finding('field', 'error', hop.id, complaint.says, { field: 'port' }))
  }
  if (!leg && from && to)
    found.push(
      finding(
        'hop-ends',
        'error',
        hop.id,
        both(`No hop leads from a ${from.kind} to a ${to.kind}.`, `${from.kind} 与 ${to.kind} 之间不能有一跳。`),
      ),
    )
  if (leg !== 'outside') return found
  const kind = tlsKinds[hop.wire.tls]
  for (const field of kind.fields) found.push(...complaints(field, hop.wire.fields[field.id as keyof TlsFields], hop.id))
  found.push(...credentialRules(hop))
  const path = paths[0]
  if (
    path &&
    needsClientCertificate(hop.wire.tls) &&
    from?.kind === 'sidecar' &&
    hop.wire.fields.credentialName &&
    path.dialled === path.outside.port
  )
    found.push(
      finding(
        'sidecar-credential',
        'info',
        hop.id,
        both('The sidecar reads this Secret from the app’s own namespace.', 'Sidecar 从应用自己的命名空间读取该 Secret。'),
        { field: 'credentialName' },
      ),
    )
  return found
}

/** What the webhook refuses of a client's TLS settings (istio/README 5). */
function credentialRules(hop: WireHop): Finding[] {
  const { tls, fields } = hop.wire
  const files = fields.clientCertificate || fields.privateKey
  if (needsClientCertificate(tls) && !fields.credentialName && !(fields.clientCertificate && fields.privateKey))
    return [
      finding(
        'mutual-credential',
        'error',
        hop.id,
        both(
          'MUTUAL needs a client certificate: a credentialName, or clientCertificate and privateKey.',
          'MUTUAL 需要客户端证书：填写 credentialName，或同时填写 clientCertificate 和 privateKey。',
        ),
        {
          field: files ? (fields.clientCertificate ? 'privateKey' : 'clientCertificate') : 'credentialName',
          ...(!files && { offer: 'client-credential' }),
        },
      ),
    ]
  if (needsClientCertificate(tls) && fields.credentialName && (files || fields.caCertificates))
    return [
      finding(
        'mutual-credential',
        'error',
        hop.id,
        both('Either credentialName or files: Istio refuses both together.', 'credentialName 与文件只能选其一：Istio 不允许同时使用。'),
        { field: 'credentialName' },
      ),
    ]
  if (originatesTls(tls) && fields.insecureSkipVerify && (fields.subjectAltNames?.length || fields.caCertificates))
    return [
      finding(
        'skip-verify',
        'error',
        hop.id,
        both(
          'insecureSkipVerify checks nothing: Istio refuses subjectAltNames or caCertificates beside it.',
          'insecureSkipVerify 不做任何检查：Istio 不允许同时填写 subjectAltNames 或 caCertificates。',
        ),
        { field: 'insecureSkipVerify' },
      ),
    ]
  return []
}

function callRules(hop: AppHop, used: boolean): Finding[] {
  const found: Finding[] = []
  // A default that every outside hop overrides is nobody's: only calls that are made can be wrong.
  const calls = [
    { call: hop.call, on: hop.id },
    ...Object.values(hop.overrides).map((over) => ({ call: { ...hop.call, ...over }, on: hop.id })),
  ]
  for (const { call, on } of calls) {
    if (call.port !== undefined && checkPort(String(call.port)))
      found.push(finding('field', 'error', on, (checkPort(String(call.port)) as { says: Finding['says'] }).says, { field: 'port' }))
    else if (dialledPort(call) === 0 && (call !== hop.call || !used || Object.keys(hop.overrides).length === 0))
      found.push(
        finding(
          'tcp-port',
          'error',
          on,
          both('TCP has no usual port: say which one the app dials.', 'TCP 没有默认端口：请填写应用访问的端口。'),
          { field: 'port' },
        ),
      )
  }
  return found
}

function duplicates(design: Design): Finding[] {
  const seen = new Map<string, Node>()
  return design.nodes.flatMap((node) => {
    if (node.kind === 'sidecar') return []
    const key = `${node.kind} ${node.kind === 'host' ? '' : namespaceOf(node)}/${node.name}`
    if (!seen.has(key)) {
      seen.set(key, node)
      return []
    }
    const title = nodeKinds[node.kind].title
    return [
      finding(
        'duplicate-name',
        'error',
        node.id,
        both(
          `There is another ${title.en.toLowerCase()} named ${node.name}: names tell them apart.`,
          `已有另一个名为 ${node.name} 的${title.zh}：需要用名称区分。`,
        ),
        { field: 'name' },
      ),
    ]
  })
}

/** There is one test server, and it answers for one host. */
function testServers(design: Design): Finding[] {
  const [first, ...others] = design.nodes.filter((node) => node.kind === 'host' && node.fields.testServer)
  return others.map((host) =>
    finding(
      'test-server-once',
      'error',
      host.id,
      both(
        `The test server answers for ${first?.name} already: it can stand in for one host only.`,
        `测试服务器已代表 ${first?.name} 应答：它只能代表一个主机。`,
      ),
      { field: 'testServer' },
    ),
  )
}

/** Ends that lead nowhere. They are no error: the rest works, and a drawing is often half done. */
/** What is connected to nothing yet is no mistake: whoever has just put it there is about to go on. */
function dangling(design: Design): Finding[] {
  const ids = new Set(design.nodes.map((node) => node.id))
  const lost = design.hops.filter((hop) => !ids.has(hop.from) || !ids.has(hop.to))
  const found = lost.map((hop) =>
    finding('hop-lost', 'error', hop.id, both('This hop has lost an end. Remove it.', '这一跳缺少一端，请将其删除。')),
  )
  const leaves = new Set(design.hops.map((hop) => hop.from))
  const reached = new Set(design.hops.map((hop) => hop.to))
  for (const node of design.nodes) {
    if (node.kind === 'pod' && !leaves.has(node.id))
      found.push(
        finding(
          'no-sidecar',
          'warning',
          node.id,
          both(`${node.name} has no sidecar: its traffic bypasses the mesh.`, `${node.name} 没有 Sidecar：它的流量绕过网格。`),
        ),
      )
    else if (node.kind === 'gateway' && leaves.has(node.id) !== reached.has(node.id))
      found.push(
        finding(
          'leads-nowhere',
          'info',
          node.id,
          reached.has(node.id)
            ? both('Connect it to a host.', '请把它连接到主机。')
            : both('No sidecar leads here yet.', '还没有 Sidecar 通向这里。'),
        ),
      )
  }
  return found
}

function worldRules(design: Design): Finding[] {
  const found: Finding[] = []
  for (const guard of design.guards) {
    const complaint = checkName(guard.namespace)
    if (complaint)
      found.push(finding('guard-namespace', 'error', null, both(`Guard: ${complaint.says.en}`, `网络策略：${complaint.says.zh}`)))
  }
  const root = checkName(design.world.root)
  if (root) found.push(finding('root-namespace', 'error', null, both(`Root namespace: ${root.says.en}`, `根命名空间：${root.says.zh}`)))
  for (const gateway of design.nodes.filter((node) => node.kind === 'gateway')) {
    const numbers = gatewayPortsOf(gateway).map((port) => port.number)
    if (new Set(numbers).size < numbers.length)
      found.push(
        finding('gateway-ports', 'error', gateway.id, both('A port appears twice in its Service.', 'Service 中有重复的端口。'), {
          field: 'ports',
        }),
      )
  }
  return found
}
