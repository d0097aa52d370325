/** Edits of pictures of what people wrote, each with what must be left of the text (e2e/mesh/field/texts). */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { leaves, requestAlong } from '../../testing/along'
import { schemas } from '../../testing/schemas'
import { lint } from '../check/lint'
import { type Design, isWireHop } from '../model/design'
import { remove, setTls } from '../model/edit'
import { placed } from '../model/layout'
import { readNotation } from '../model/notation'
import { pathsOf } from '../model/path'
import { draw } from '../picture/draw'
import { surroundingsOf } from '../picture/drawn-surroundings'
import { read } from '../read/read'
import { shape } from '../schema/schema'
import { trace } from '../trace/trace'
import { parse } from '../yaml/parse'
import { writtenBack } from './write-back'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../e2e/mesh/field/texts')
const textOf = (name: string): string => readFileSync(join(folder, `${name}.yaml`), 'utf8')

/** What the picture is asked to do, and what must be left of the text. */
interface Edit {
  edit: (design: Design) => Design
  /** What the text says still, or says now. */
  says: readonly RegExp[]
  /** A sentence or a question in place of a new text is right as well. */
  mayRefuse?: true
  /** Why it cannot be, as the sentence says. */
  refuses?: RegExp
  /** How requests may differ from the picture: by a port that the person's endpoint says. */
  but?: RegExp
  /** Why it is not right yet; one that is leaves the list. */
  notYet?: string
}

const outside =
  (mode: 'SIMPLE', isThrough = false) =>
  (design: Design): Design =>
    pathsOf(design)
      .filter((path) => (path.gateway !== null) === isThrough)
      .slice(0, 1)
      .reduce((now, path) => setTls(now, path.outside.hop, mode), design)
const add =
  (line: string) =>
  (design: Design): Design =>
    placed(readNotation(line, design).design)
const meshHops = (design: Design) => design.hops.filter(isWireHop).filter(({ to }) => to.startsWith('gateway:'))

const edits: Record<string, Edit> = {
  'add-host-own-subset': {
    edit: add('sleep HTTP -> istio-egressgateway ISTIO_MUTUAL -> added.example.org SIMPLE'),
    says: [/- name: mine/],
    mayRefuse: true,
  },
  'direct-simple-without-443': {
    edit: outside('SIMPLE'),
    says: [/443/],
  },
  'document-end-markers': { edit: (design) => remove(design, ['host:one.example.com']), says: [/kind: ConfigMap/] },
  'gateway-api-add-flow': {
    edit: add('sleep HTTP -> default/one-egress-gateway-istio ISTIO_MUTUAL -> added.example.org SIMPLE'),
    says: [/gatewayClassName: istio/],
    mayRefuse: true,
  },
  'mesh-hop-without-subset': {
    edit: (design) => meshHops(design).reduce((now, { id }) => setTls(now, id, 'ISTIO_MUTUAL'), design),
    says: [/mode: ISTIO_MUTUAL/, /subset: /],
  },
  // Its ServiceEntry is for its own namespace alone, and the gateway is in another.
  'ports-doubled': { edit: outside('SIMPLE', true), says: [/number: 9090/], refuses: /would not reach .*minimal\.external\.kind\.org/ },
  'simple-renames-port': { edit: outside('SIMPLE'), says: [/name: web/, /web: 15443/], but: /^port: drawn 443, traced 15443$/ },
  'timeout-lost': { edit: outside('SIMPLE'), says: [/timeout: 3s/] },
}

/** What is wrong with the text that an edit makes: it is refused somewhere, says less than it should, or a drawn path does not arrive as drawn. */
function wrongWith(name: string, { edit, says, mayRefuse, refuses, but }: Edit): string[] {
  const text = textOf(name)
  const { documents: before } = parse(text)
  const { design } = draw(before, read(before), null)
  const after = edit(design)
  const result = writtenBack(text, design, after, schemas)
  if ('refused' in result) return mayRefuse || refuses?.test(result.refused.en) ? [] : [result.refused.en]
  if (result.costs.length > 0) return mayRefuse ? [] : result.costs.map(({ en }) => en)
  const { documents, findings } = parse(result.text)
  const mesh = read(documents)
  const around = surroundingsOf(after, mesh)
  const errors = [...findings, ...shape(documents, schemas), ...lint({ documents, mesh, around })].filter(({ level }) => level === 'error')
  return [
    ...errors.map(({ says: said }) => said.en),
    ...says.filter((each) => !each.test(result.text)).map((each) => `no ${each}`),
    ...pathsOf(after).flatMap((path) => leaves(path, trace(mesh, around, requestAlong(path))).filter((line) => !but?.test(line))),
  ]
}

test.each(Object.entries(edits))('an edit of %s', (name, edit) => {
  const wrong = wrongWith(name, edit)
  if (edit.notYet) expect(wrong).not.toEqual([])
  else expect(wrong).toEqual([])
})
