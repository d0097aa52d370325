/** A scene as something to work on, and as what it is understood to be. */

import { lint } from '../core/check/lint'
import { refused } from '../core/check/refused'
import { compile } from '../core/compile/compile'
import { defaultDialect } from '../core/compile/default-dialect'
import { dialects } from '../core/compile/dialects'
import type { Dialect } from '../core/compile/dialects/kind'
import { print, textOf } from '../core/compile/print'
import { placed } from '../core/model/layout'
import { readNotation } from '../core/model/notation'
import type { Work } from '../core/model/work'
import { draw } from '../core/picture/draw'
import { surroundingsOf } from '../core/picture/drawn-surroundings'
import { read } from '../core/read/read'
import { type Schemas, shape } from '../core/schema/schema'
import { parse } from '../core/yaml/parse'
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

/** The text that is in the editor for it. */
export function yamlOf({ design, draft }: Work, dialect: Dialect = dialects[defaultDialect]): string {
  return draft?.text ?? textOf(print(compile(design, dialect), dialect, { comments: false, lang: 'en' }))
}

/** What the product understands of it; `schemas` are those of the CRDs. */
export function understoodOf(work: Work, schemas: Schemas, sent: Asks | null = null, dialect?: Dialect): Understood {
  const { documents, findings } = parse(yamlOf(work, dialect))
  const mesh = read(documents)
  const around = surroundingsOf(work.design, work.draft ? mesh : null)
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
export function sceneBefore(start: Scene, steps: readonly Pick<Step, 'show'>[], index: number): Scene {
  return steps.slice(0, index).findLast(({ show }) => show)?.show ?? start
}
