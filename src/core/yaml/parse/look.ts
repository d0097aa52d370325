/** What Kubernetes' reader refuses that others read, and what a text is when it is no YAML yet: seen in the letters, not in the tree. */
import type { Remark, YamlNode } from './node'

const template = /\{\{-?\s*(?:\/\*|[.$"(\w])|\{%-?\s*\w/g

/** Where a template's first `{{` is, outside of comment lines; -1 where the text is none. */
export function templateAt(text: string): number {
  for (const { index } of text.matchAll(template)) {
    const line = text.slice(Math.max(text.lastIndexOf('\n', index) + 1, index - 1000), index)
    if (!/^\s*#/.test(line)) return index
  }
  return -1
}

/**
 * What Go's reader takes otherwise, at the leaves of a tree: `\/` in double quotes outside of JSON, keys of more than 1,024 letters, tabs in
 * front of a line, line breaks of other alphabets.
 */
export function refusals(root: YamlNode, text: string): Remark[] {
  const remarks: Remark[] = []
  const tell = (rule: string, from: number, to: number, word = '') => remarks.push({ rule, from, to, path: null, word })
  const json = text.trimStart().startsWith('{')
  if (!json && text.includes('\\/')) slashes(root, text, tell)
  if (text.length > 1024) longKeys(root, text, tell)
  if (text.includes('\t')) tabs(root, text, tell)
  const odd = /[\u0085\u2028\u2029]/.exec(text)
  if (odd) tell('Y-line-break', odd.index, odd.index + 1, `U+${odd[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
  return remarks
}

type Tell = (rule: string, from: number, to: number, word?: string) => void

function leaves(node: YamlNode, visit: (leaf: YamlNode, isKey: boolean) => void): void {
  if (node.alias) return
  if (node.kind === 'scalar') visit(node, false)
  for (const { key, node: child } of node.entries) {
    if (key.kind === 'scalar') visit(key, true)
    leaves(child, visit)
  }
  for (const child of node.items) leaves(child, visit)
}

function slashes(root: YamlNode, text: string, tell: Tell): void {
  leaves(root, ({ from, to }) => {
    if (text[from] !== '"') return
    const found = /^"(?:[^\\]|\\[^/])*?(\\\/)/.exec(text.slice(from, to))
    if (found) tell('Y-escape', from + found[0].length - 2, from + found[0].length)
  })
}

function longKeys(root: YamlNode, text: string, tell: Tell): void {
  leaves(root, ({ from, to }, isKey) => {
    if (isKey && to - from > 1024 && !/\?\s*$/.test(text.slice(Math.max(0, from - 10), from))) tell('Y-long-key', from, from + 40)
  })
}

/** A tab before the first letter of a line, where neither brackets nor quotes nor a block's text are open. */
function tabs(root: YamlNode, text: string, tell: Tell): void {
  const open: [number, number][] = []
  const visit = (node: YamlNode) => {
    if (node.style === 'flow' || node.kind === 'scalar') open.push([node.from, node.to])
    else {
      for (const { node: child } of node.entries) visit(child)
      for (const child of node.items) visit(child)
    }
  }
  visit(root)
  let next = 0
  for (const found of text.matchAll(/^(?:-(?= *\t)| )*\t/gm)) {
    const at = found.index + found[0].length - 1
    while (next < open.length && (open[next]?.[1] ?? 0) <= at) next++
    const [from, to] = open[next] ?? [text.length, text.length]
    const rest = text.slice(at).match(/^[\t ]*/)?.[0].length ?? 0
    // Blank lines at the end are nobody's; within a block's text a tab is a letter.
    if ((at < from || at >= to) && (text.slice(at + rest).trim() !== '' || found[0].includes('-'))) tell('Y-tab', at, at + 1)
  }
}
