/** How well a text answers what was typed to find it. Pure. */

/** Scores of a word of the query: found whole, and its letters found in order. */
const whole = 100
const spread = 40
const atStart = 30
const atWord = 20

/**
 * Takes what was typed and a text; gives a score, the higher the better, or null where the text is no answer. Each word of the query must be in
 * the text, as it is or with other letters between its own. An empty query fits every text.
 */
export function fuzzy(query: string, text: string): number | null {
  const hay = text.toLowerCase()
  let score = 0
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue
    const own = scoreOf(word, hay)
    if (own === null) return null
    score += own
  }
  // Of two texts that answer alike, the shorter one is nearer.
  return score - Math.min(hay.length, 99) / 100
}

function scoreOf(word: string, hay: string): number | null {
  const at = hay.indexOf(word)
  if (at >= 0) return whole + bonus(hay, at)
  let [from, gaps, first] = [0, 0, -1]
  for (const letter of word) {
    const next = hay.indexOf(letter, from)
    if (next < 0) return null
    if (first < 0) first = next
    else gaps += next - from
    from = next + letter.length
  }
  return spread + bonus(hay, first) / 2 - Math.min(gaps, spread)
}

const bonus = (hay: string, at: number): number => (at === 0 ? atStart : /[\p{L}\p{N}]/u.test(hay[at - 1] ?? '') ? 0 : atWord)
