/** What `proof.mjs` needs of the product's code; it is bundled for Node before it runs. */
import { writeNotation } from '../../src/core/notation'
import { lessons } from '../../src/lessons'
import { caseOf } from './case'
import { judge, type Outcome } from './judge'
import { randomDesigns } from './random'
import { type DialectId, type Subject, subjectOf, subjectOfLesson, yamlOf } from './subject'

const both: DialectId[] = ['istio-v1', 'istio-v1alpha3']

export const examples = (): Subject[] => lessons.flatMap((lesson) => both.map((dialect) => subjectOfLesson(lesson, dialect)))

/** The dialects take turns. */
export const randoms = (seed: number, count: number): Subject[] =>
  randomDesigns(seed, count).map((design, index) =>
    subjectOf(`random-${seed}-${index + 1}`, design, both[index % both.length] as DialectId),
  )

export const yaml = (subject: Subject): string => yamlOf(subject.design, subject.dialect)
export const labCase = (subject: Subject, manifest: string): string => JSON.stringify(caseOf(subject, manifest), null, 2)
export const judged = (subject: Subject, outcomes: Outcome[]): string[] => judge(subject, outcomes)

/** The design as one reads it in a failure. */
export const told = ({ design }: Subject): string => writeNotation(design).trimEnd()
