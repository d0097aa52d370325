/** The words of the chosen language, and the names by which nodes and hops are called in both. */

import { once } from '../../core/base/memo'
import type { Lang, Text } from '../../core/base/text'
import { type Design, type Hop, isAppHop, type Node, nodeOf } from '../../core/model/design'
import { first } from '../../words/en/first'
import type { First, Rest, Words } from '../../words/kind'
import { store } from '../state/store'
import { useDesigner } from '../state/use'

/** How each language is loaded: English is there for the first paint. */
const languages: Record<Lang, { first(): Promise<First>; rest(): Promise<Rest> }> = {
  en: { first: async () => first, rest: async () => (await import('../../words/en/rest')).rest },
  zh: {
    first: async () => (await import('../../words/zh/first')).first,
    rest: async () => (await import('../../words/zh/rest')).rest,
  },
}

/** What the first paint says; rejects where it cannot be loaded, as `wordsIn` does. */
export const firstWordsIn = (lang: Lang): Promise<First> => languages[lang].first()

/** All that is said in a language. */
export async function wordsIn(lang: Lang): Promise<Words> {
  const [first, rest] = await Promise.all([languages[lang].first(), languages[lang].rest()])
  return { ...first, ...rest }
}

const bringRest = once(async (): Promise<void> => {
  const { lang } = store.getState()
  const words = await wordsIn(lang)
  // A language that was chosen meanwhile has brought its own.
  if (store.getState().lang === lang) store.setState({ words })
})

/** A part of the app that comes after the first paint, once the words are there that it says. */
export const withWords = async <T>(part: Promise<T>): Promise<T> => (await Promise.all([part, bringRest()]))[0]

export const useWords = (): Words => useDesigner((s) => s.words)

/** Picks one language of a sentence. */
export function useText(): (text: Text) => string {
  const lang = useDesigner((s) => s.lang)
  return (text) => text[lang]
}

/** Puts values into a word's `{places}`. */
export function fill(word: string, values: Record<string, string | number>): string {
  return word.replace(/\{(\w+)\}/g, (place, key) => String(values[key] ?? place))
}

/** `host edition.cnn.com` */
export const nodeLabel = (words: First, node: Pick<Node, 'kind' | 'name'>): string =>
  fill(words.nodeLabel, { kind: words.kinds[node.kind], name: node.name })

/** `gateway istio-egressgateway to host edition.cnn.com` */
export function hopEnds(words: First, design: Design, hop: Hop): string {
  const name = (id: string) => {
    const node = nodeOf(design, id)
    return node ? nodeLabel(words, node) : '?'
  }
  return fill(words.hopEnds, { from: name(hop.from), to: name(hop.to) })
}

/** `gateway istio-egressgateway to host edition.cnn.com, SIMPLE` */
export function hopLabel(
  words: First,
  from: Pick<Node, 'kind' | 'name'> | undefined,
  to: Pick<Node, 'kind' | 'name'> | undefined,
  mode: string,
): string {
  return fill(words.hopLabel, { from: from ? nodeLabel(words, from) : '?', to: to ? nodeLabel(words, to) : '?', mode })
}

export const modeOf = (hop: Hop): string => (isAppHop(hop) ? hop.call.speaks : hop.wire.tls)
