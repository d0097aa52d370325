/** What `proof.mjs` needs of the product's code; it is bundled for Node before it runs. */
import { dialectIds } from '../../src/core/compile/dialects'
import { writeNotation } from '../../src/core/model/notation'
import { examples as all } from '../../src/examples'
import { caseOf } from './case'
import { judge, type Outcome } from './judge'
import { randomDesigns } from './random'
import { dialectInTurn, objectsOf, type Subject, subjectOf, subjectOfExample, withImpostors, yamlOf } from './subject'

/** A subject as it is, and once more with servers that are not who they say. */
const andImpostors = (subject: Subject): Subject[] => [subject, withImpostors(subject)].filter((each) => each !== null)

export const examples = (): Subject[] =>
  all.flatMap((example) => dialectIds.flatMap((dialect) => andImpostors(subjectOfExample(example, dialect))))

/** The dialects take turns; some meet impostors. */
export const randoms = (seed: number, count: number): Subject[] =>
  randomDesigns(seed, count).flatMap((design, index) => {
    const subject = subjectOf(`random-${seed}-${index + 1}`, design, dialectInTurn(index))
    return index % 9 === 0 ? andImpostors(subject) : [subject]
  })

export const yaml = (subject: Subject): string => yamlOf(subject.design, subject.dialect)
/** What Kubernetes' reader must make of that YAML. */
export const objects = (subject: Subject): unknown[] => objectsOf(subject.design, subject.dialect)
export const labCase = (subject: Subject, manifest: string): string => JSON.stringify(caseOf(subject, manifest), null, 2)
export const judged = (subject: Subject, outcomes: Outcome[]): string[] => judge(subject, outcomes)

/** The design as one reads it in a failure. */
export const told = ({ design }: Subject): string => writeNotation(design).trimEnd()
