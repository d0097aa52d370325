/** A scene as something to work on, and as what it is understood to be. */
import { compile } from '../core/compile'
import { dialects } from '../core/dialects'
import type { Dialect } from '../core/dialects/kind'
import { draw } from '../core/draw'
import { surroundingsOf } from '../core/drawn-surroundings'
import { placed } from '../core/layout'
import { lint } from '../core/lint'
import { readNotation } from '../core/notation'
import { parse } from '../core/parse'
import { print, textOf } from '../core/print'
import { read } from '../core/read'
import { refused, type Schemas, shape } from '../core/schema'
import type { Work } from '../core/work'
import type { Asks, Scene, Step } from './kind'
import { type Understood, walksOf } from './understood'

/** The picture and the text of a scene. Lines of flows that are wrong are left out: `read.ts` refuses them before. */
export function workOf(scene: Scene, name: string): Work {
  const { design } = readNotation(`name ${name}\n${scene.flows}`)
  if (scene.yaml === undefined) return { design: placed(design), draft: null }
  const { documents } = parse(scene.yaml)
  const drawn = draw(documents, read(documents), design).design
  return { design: placed(drawn), draft: { text: scene.yaml, is: 'drawn' } }
}

/** The text that stands in the editor for it. */
export function yamlOf({ design, draft }: Work, dialect: Dialect = dialects['istio-v1']): string {
  return draft?.text ?? textOf(print(compile(design, dialect), dialect, { comments: false, lang: 'en' }))
}

/** What the product understands of it; `schemas` are those of the CRDs. */
export function understoodOf(work: Work, schemas: Schemas, sent: Asks | null = null, dialect?: Dialect): Understood {
  const { documents, findings } = parse(yamlOf(work, dialect))
  const mesh = read(documents)
  const around = surroundingsOf(work.design, work.draft !== null)
  const accepted = documents.filter((document) => !refused(document, schemas))
  return {
    outbound: work.design.world.outbound,
    documents,
    problems: [...findings, ...shape(documents, schemas), ...lint({ documents, mesh, around })],
    sent,
    ...walksOf(read(accepted), around),
  }
}

/** The scene in which step number `index` (from 0) begins: what Show me made of the steps before it. */
export function sceneBefore(start: Scene, steps: readonly Step[], index: number): Scene {
  return steps.slice(0, index).findLast(({ show }) => show)?.show ?? start
}
