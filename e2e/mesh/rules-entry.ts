/** What `rules.mjs` needs of the product's code: the examples of every rule as cases of the lab, and what the lab must say of each. */
import { lint } from '../../src/core/check/lint'
import { rules } from '../../src/core/check/rules'
import { surroundingsOfCase } from '../../src/core/istio/surroundings'
import { read } from '../../src/core/read/read'
import type { BadExample, Example, Rule } from '../../src/core/rules/kind'
import { parse } from '../../src/core/yaml/parse'
import { changed } from '../../src/core/yaml/patch/changed'

export interface Play {
  name: string
  says: string
  /** The case as the lab reads it. */
  lab: Record<string, unknown>
  /** A part of what `lab check` must say; null: API server and webhook must take it. */
  check: string | null
  /** How the request must end; null: none is sent. */
  ends: Ends | null
}

interface Ends {
  status?: number
  exit?: number
  /** Through a gateway, or past it; left out: either. */
  gateway?: boolean
}

interface Asked {
  url: string
  from?: string
}

const arrives: Ends = { exit: 0, status: 200 }

export const plays = (only: string): Play[] => rules.filter(({ id }) => !only || id === only).flatMap(playsOf)

function playsOf(rule: Rule): Play[] {
  const bad = rule.bad.flatMap((example, index) => [...badPlay(rule, example, index), ...fixedPlay(rule, example, index)])
  return [...rule.good.map((example, index) => goodPlay(rule, example, index)), ...bad]
}

const askedBy = ({ shows }: BadExample): Asked | null =>
  'url' in shows ? { url: shows.url, ...(shows.from && { from: shows.from }) } : null

function goodPlay(rule: Rule, example: Example, index: number): Play {
  const asked = example.url
    ? { url: example.url, ...(example.from && { from: example.from }) }
    : rule.bad.map(askedBy).find((each) => each !== null)
  return played(`${rule.id}-good-${index + 1}`, example, asked ?? null, asked ? { ...arrives, gateway: !example.direct } : null)
}

function badPlay(rule: Rule, example: BadExample, index: number): Play[] {
  const name = `${rule.id}-bad-${index + 1}`
  if ('source' in example.shows) {
    if ((example.level ?? rule.level) === 'error') throw new Error(`${name}: an error needs the lab's word`)
    return []
  }
  if ('check' in example.shows) return [{ ...played(name, example, null, null), check: example.shows.check }]
  const { url, from, ends } = example.shows
  if (rule.level === 'error' && !fails(example)) throw new Error(`${name}: what ends like this is no error`)
  const { direct, ...rest } = ends
  return [played(name, example, { url, ...(from && { from }) }, { ...rest, ...(direct && { gateway: false }) })]
}

/** Whether the request of a bad example fails, or leaves the road. */
const fails = ({ shows }: BadExample): boolean =>
  'url' in shows && ((shows.ends.status ?? 200) >= 400 || (shows.ends.exit ?? 0) !== 0 || shows.ends.direct === true)

/** The same request after the fix: it arrives. */
function fixedPlay(rule: Rule, example: BadExample, index: number): Play[] {
  const asked = askedBy(example)
  if (!asked || !fails(example)) return []
  const { documents } = parse(example.yaml)
  const found = lint({ documents, mesh: read(documents), around: surroundingsOfCase(example.around ?? {}) })
  const fixes = found.filter((finding) => finding.rule === rule.id).flatMap(({ fix }) => (fix ? [fix] : []))
  if (fixes.length === 0) return []
  const objects = changed(
    documents,
    fixes.flatMap(({ changes }) => changes),
  )
  const yaml = objects.map((object) => JSON.stringify(object)).join('\n---\n')
  const direct = 'url' in example.shows && example.shows.ends.direct === true && rule.level === 'error'
  return [played(`${rule.id}-fixed-${index + 1}`, { ...example, yaml }, asked, { ...arrives, ...(direct && { gateway: true }) })]
}

/** No request waits longer than what is told at once needs. */
const patience = ['-m', '8']

const played = (name: string, { says, yaml, around }: Example, asked: Asked | null, ends: Ends | null): Play => ({
  name,
  says,
  lab: { yaml, ...around, requests: asked ? [{ ...asked, curl: patience }] : [] },
  check: null,
  ends,
})
