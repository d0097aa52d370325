/** Words and texts as a shell reads them back: no name of a design can become a command. */

import type { Labels } from '../../base/labels'
import { quoted } from '../../compile/needs'
import type { ProxyRef } from '../../istio/proxy'
import { type Node, namespaceOf } from '../../model/design'

/** A command from its words. Each is one word for the shell, whatever is in it. */
export const command = (...words: readonly string[]): string => words.map(quoted).join(' ')

/**
 * A command that reads a text. Nothing in the text is expanded, and no line of it is taken for its end: not by a shell, nor, where it is
 * indented, by a reader or by shellcheck (SC1039).
 */
export function heredoc(start: string, text: string): string {
  const lines = new Set(text.split('\n').map((line) => line.trim()))
  let end = 'EOF'
  while (lines.has(end)) end += '_'
  return `${start} <<'${end}'\n${text.replace(/\n?$/, '\n')}${end}`
}

/** Labels as `-l` takes them. Istio's installation labels its gateway with app and istio: one of them is enough. */
export function selector(labels: Labels): string {
  const one = labels.istio === undefined ? labels : { istio: labels.istio }
  return Object.entries(one)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

/** A workload as `kubectl exec` and `kubectl logs` name it: one of its pods. */
export const deployment = (name: string): string => `deploy/${name}`

/** A workload as `istioctl proxy-config` names it. */
export const proxy = (node: Node): string => `deploy/${node.name}.${namespaceOf(node)}`

/** The proxy that a pod or a gateway of the design has in a trace. */
export const refOf = (node: Node): ProxyRef => ({
  kind: node.kind === 'gateway' ? 'gateway' : 'sidecar',
  namespace: namespaceOf(node),
  name: node.name,
})

/** One line of a sentence: what a name may bring along neither ends a comment nor moves a terminal's cursor. */
// oxlint-disable-next-line no-control-regex -- these are the ones that a terminal obeys
export const plainLine = (text: string): string => text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\p{Cs}]+/gu, '\ufffd')
