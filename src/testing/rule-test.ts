/** What every rule promises, tested on its own examples: where it speaks, that its fix mends, and that no damaged document upsets it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lint } from '../core/check/lint'
import { surroundingsOfCase } from '../core/istio/surroundings'
import { read } from '../core/read/read'
import type { BadExample, Example, Rule, RuleInput } from '../core/rules/kind'
import type { Document } from '../core/yaml/document'
import type { Finding } from '../core/yaml/finding'
import { parse } from '../core/yaml/parse'
import { changed } from '../core/yaml/patch/changed'
import { anyDamage } from './any-damage'
import { runs } from './runs'

/** An example as rules see it. */
export const writtenOf = ({ yaml, around }: Pick<Example, 'yaml' | 'around'>): RuleInput => writtenFrom(parse(yaml).documents, around)

const writtenFrom = (documents: readonly Document[], around: Example['around']): RuleInput => ({
  documents,
  mesh: read(documents),
  // A case of the lab has no version: the lab is one.
  around: { ...surroundingsOfCase(around ?? {}), ...(typeof around?.istio === 'string' && { istio: around.istio }) },
})

/** Objects as documents: JSON is YAML. */
const textOf = (objects: readonly unknown[]): string => objects.map((object) => JSON.stringify(object)).join('\n---\n')

/** A place as an example names it: `Kind/name path.to.field`. */
export const placed = ({ at }: Pick<Finding, 'at'>): string => (at ? `${at.of.kind}/${at.of.name} ${at.path.join('.')}`.trim() : '')

const told = (findings: readonly Finding[]): string[] => findings.map((finding) => `${finding.rule} ${finding.level} ${placed(finding)}`)
const grave = (findings: readonly Finding[]) => findings.filter(({ level, at }) => level !== 'info' || !at)

export function ruleTest(rule: Rule): void {
  describe(`${rule.id} ${rule.title.en}`, () => {
    test('explains itself in both languages', () => {
      for (const { en, zh } of [rule.title, rule.why]) {
        expect(en.trim()).not.toBe('')
        expect(zh.trim()).not.toBe('')
        expect(zh).not.toBe(en)
      }
      // A headline: what the sentence then says of one object.
      expect([rule.title.en, rule.title.zh].filter((title) => [...title].length > 60)).toEqual([])
      for (const link of rule.links) expect(link).toMatch(/^https:\/\//)
      expect(rule.bad.length).toBeGreaterThan(0)
    })
    test.each(rule.good.map((example) => [example.says, example] as const))('good: %s', (_, example) => {
      expect(told(grave(lint(writtenOf(example))))).toEqual([])
    })
    test.each(rule.bad.map((example) => [example.says, example] as const))('bad: %s', (_, example) => speaks(rule, example))
    test('never throws, whatever is damaged', () => {
      const examples = [...rule.good, ...rule.bad].map((example) => ({
        example,
        objects: parse(example.yaml).documents.map(({ object }) => object),
      }))
      const damage = fc
        .constantFrom(...examples)
        .chain(({ example, objects }) => anyDamage(objects).map((damaged) => ({ example, damaged })))
      fc.assert(
        fc.property(damage, ({ example, damaged }) => {
          const of = writtenFrom(parse(textOf(damaged)).documents, example.around)
          for (const finding of rule.check(of)) expect(finding.says.en).not.toMatch(/undefined|\[object|NaN/)
        }),
        runs(100),
      )
    })
  })
}

/** A bad example: the finding at its place, no other error, and after the fix nothing of it is left. */
function speaks(rule: Rule, example: BadExample): void {
  const before = writtenOf(example)
  const findings = lint(before)
  const own = findings.filter((finding) => finding.rule === rule.id)
  expect(own.map(placed), told(findings).join('\n')).toContain(example.at)
  if (example.level) expect(own.find((finding) => placed(finding) === example.at)?.level).toBe(example.level)
  expect(told(grave(findings).filter((finding) => finding.rule !== rule.id))).toEqual([])
  for (const finding of own) {
    expect(finding.says.en.trim()).not.toBe('')
    expect(finding.says.zh.trim()).not.toBe('')
    expect(finding.says.zh).not.toBe(finding.says.en)
    if (!finding.fix) continue
    const after = lint(writtenOf({ ...example, yaml: textOf(changed(before.documents, finding.fix.changes)) }))
    expect(told(after)).not.toContain(told([finding])[0])
    expect(told(after.filter(({ level, rule: by }) => level === 'error' && by !== rule.id))).toEqual([])
  }
}
