/** Sends each request, and tells what the app sees: what the tracer says of the printed YAML, which is held against real proxies. */

import { both, type Text } from '../../base/text'
import { namespaceOf } from '../../model/design'
import type { Block, Chapter, Flow } from './kind'
import { containerOf } from './sample-pod'
import { command, deployment } from './shell'

export const verify: Chapter = {
  id: 'verify',
  title: both('Verify', '验证'),
  says: both(
    'One request for each flow. Where 200 is written a host may answer in its own way, for instance 301 with another address; a failure on the way is none of its answers.',
    '每条流量发一个请求。预期为 200 时，真实的主机也可能返回自己的结果，例如 301 重定向；但途中代理产生的故障绝不是主机的回答。',
  ),
  blocks: ({ flows }) => flows.map(blockOf),
}

function blockOf(flow: Flow): Block {
  const { exit, expect, lines } = expected(flow)
  const { outcome, unknown } = flow.trace
  if (unknown !== null || (flow.raw && outcome.server === null)) return { says: saysOf(flow), run: requestOf(flow) }
  const answers = outcome.server !== null && !flow.raw
  return {
    says: saysOf(flow),
    run: requestOf(flow),
    expect: expect.join('\n'),
    script: { part: 'verify', lines, ...(exit !== 0 && { exit }), ...(answers && { answers }) },
  }
}

/** Seconds after which curl gives up where nothing comes, as in the lab; its exit status then. */
const patience = { seconds: 6, exit: 28 }

/** The command of a flow. Bytes of an app's own are not HTTP: curl opens the connection and says nothing. */
export function requestOf({ pod, url, raw, resolve, trace }: Flow): string {
  const curl = ['curl', '-sS']
  const ends = raw || trace.outcome.exit === patience.exit ? ['-m', String(patience.seconds)] : []
  // Brackets and braces would be a pattern for curl.
  const literal = /[[\]{}]/.test(url) ? ['-g'] : []
  const connects = resolve === null ? [] : ['--resolve', resolve]
  const shows = raw ? [] : ['-o', '/dev/null', '-D', '-']
  const address = url.replace(/^tcp:/, 'telnet:')
  const inPod = ['kubectl', 'exec', '-n', namespaceOf(pod), deployment(pod.name), '-c', containerOf(pod), '--']
  return command(...inPod, ...curl, ...ends, ...literal, ...connects, ...shows, address)
}

function saysOf(flow: Flow): Text {
  const { en, zh } = endOf(flow)
  if (flow.resolve === null || flow.raw) return { en, zh }
  return both(
    `${en} No DNS knows this name, so --resolve gives it an address: the sidecar uses the name, whatever the address.`,
    `${zh}没有 DNS 能解析这个名字，因此用 --resolve 代替：Sidecar 按名字转发，地址可以任意填写。`,
  )
}

function endOf({ says, trace, raw }: Flow): Text {
  if (trace.unknown) return both(`${says.en} ${trace.unknown.en}`, `${says.zh}${trace.unknown.zh}`)
  if (raw && trace.outcome.server !== null)
    return both(
      `${says.en} curl opens the connection and waits for what the server says; the access log shows that it was reached.`,
      `${says.zh}curl 打开连接并等待服务器的数据；访问日志会显示连接已到达。`,
    )
  return trace.outcome.server === null ? both(`${says.en} ${trace.says.en}`, `${says.zh}${trace.says.zh}`) : says
}

/** Reason phrases that Envoy writes into an answer of HTTP/1.1 (RFC 9110, 15). */
const reasons: Record<number, string> = {
  200: 'OK',
  301: 'Moved Permanently',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** How a request ends, what is printed, and which of its lines tell. */
export function expected({ trace: { request, outcome }, raw }: Flow): { exit: number; expect: string[]; lines: string[] } {
  const exit = raw ? patience.exit : outcome.exit
  if (exit !== 0) {
    const lines = [`curl: (${exit}) …`, `command terminated with exit code ${exit}`]
    return { exit, expect: lines, lines }
  }
  const { status } = outcome
  // The app's own TLS carries what app and host agree upon.
  const plain = request.url.startsWith('http:')
  const line = plain ? `HTTP/1.1 ${status} ${reasons[status] ?? '…'}` : `HTTP/… ${status}…`
  return { exit, expect: [line, '…'], lines: [line] }
}
