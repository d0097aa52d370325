/** The words of the chosen language, and the names by which nodes and hops are called in both. */

import type { Lang, Text } from '../../core/base/text'
import { type Design, type Hop, isAppHop, type Node, type NodeKindId, nodeOf } from '../../core/model/design'
import { en, type Words } from '../../words/en'
import { useDesigner } from '../state/use'

/** English is here, but for what `later-words.ts` adds; Chinese comes as a whole before it is first shown. */
const first = en as Partial<Words> as Words
const catalogues: Record<Lang, Words> = { en: first, zh: first }

export async function loadWords(lang: Lang): Promise<void> {
  if (lang === 'zh' && catalogues.zh === first) catalogues.zh = (await import('../../words/zh')).zh
}

export const wordsOf = (lang: Lang): Words => catalogues[lang]
export const useWords = (): Words => catalogues[useDesigner((s) => s.lang)]

/** Picks one language of a sentence. */
export function useText(): (text: Text) => string {
  const lang = useDesigner((s) => s.lang)
  return (text) => text[lang]
}

/** Puts values into a word's `{places}`. */
export function fill(word: string, values: Record<string, string | number>): string {
  return word.replace(/\{(\w+)\}/g, (place, key) => String(values[key] ?? place))
}

const kindWord: Record<NodeKindId, keyof Words> = { pod: 'kindPod', sidecar: 'kindSidecar', gateway: 'kindGateway', host: 'kindHost' }

/** `host edition.cnn.com` */
export const nodeLabel = (words: Words, node: Pick<Node, 'kind' | 'name'>): string =>
  fill(words.nodeLabel, { kind: words[kindWord[node.kind]], name: node.name })

/** `gateway istio-egressgateway to host edition.cnn.com` */
export function hopEnds(words: Words, design: Design, hop: Hop): string {
  const name = (id: string) => {
    const node = nodeOf(design, id)
    return node ? nodeLabel(words, node) : '?'
  }
  return fill(words.hopEnds, { from: name(hop.from), to: name(hop.to) })
}

/** `gateway istio-egressgateway to host edition.cnn.com, SIMPLE` */
export function hopLabel(
  words: Words,
  from: Pick<Node, 'kind' | 'name'> | undefined,
  to: Pick<Node, 'kind' | 'name'> | undefined,
  mode: string,
): string {
  return fill(words.hopLabel, { from: from ? nodeLabel(words, from) : '?', to: to ? nodeLabel(words, to) : '?', mode })
}

export const modeOf = (hop: Hop): string => (isAppHop(hop) ? hop.call.speaks : hop.wire.tls)
