/** Single edits of a picture, as the canvas, the inspector and Add flow make them. Each names itself, and leaves a picture it does not fit alone. */
import fc from 'fast-check'
import { isWildcarded } from '../core/istio/host-name'
import { carriesTls, type TlsMode } from '../core/istio/tls-mode'
import { type Design, type Fields, isWireHop } from '../core/model/design'
import { addNode, connect, fits, remove, setFields, setIdentity, setTls, setWire } from '../core/model/edit'
import { addFlow, flowOf } from '../core/model/flow'
import { placed } from '../core/model/layout'
import { type Path, pathsOf } from '../core/model/path'
import { tlsModes } from '../core/model/tls'

export interface Edit {
  name: string
  /** It takes something away, and with it what belongs to that alone. */
  removes?: true
  /** The picture after it, laid out; the very picture where it does not fit. */
  of(design: Design): Design
}

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]
const ofKind = (design: Design, kind: string) => design.nodes.filter((node) => node.kind === kind)

const settingTls = fc.tuple(fc.nat(), fc.constantFrom<TlsMode>(...tlsModes)).map(
  ([index, mode]): Edit => ({
    name: `hop ${index}: ${mode}`,
    of: (design) => {
      const hop = at(design.hops.filter(isWireHop), index)
      if (!hop || fits(design, hop.id, mode) !== true) return design
      const set = setTls(design, hop.id, mode)
      return mode === 'MUTUAL' ? setWire(set, hop.id, { fields: { ...hop.wire.fields, credentialName: 'client-credential' } }) : set
    },
  }),
)

/** A port on which no server of the tests speaks plain HTTP, for TLS; and the other way round. */
const settingPort = fc.tuple(fc.nat(), fc.constantFrom(443, 8443)).map(
  ([index, tlsPort]): Edit => ({
    name: `outside hop ${index}: port of its own`,
    of: (design) => {
      const hosts = new Set(ofKind(design, 'host').map(({ id }) => id))
      const hop = at(
        design.hops.filter(isWireHop).filter(({ to }) => hosts.has(to)),
        index,
      )
      return hop ? setWire(design, hop.id, { port: carriesTls(hop.wire.tls) ? tlsPort : 80 }) : design
    },
  }),
)

const settingSni = fc.nat().map(
  (index): Edit => ({
    name: `outside hop ${index}: sni`,
    of: (design) => {
      const hop = at(
        design.hops.filter(isWireHop).filter(({ wire }) => wire.tls === 'SIMPLE' || wire.tls === 'MUTUAL'),
        index,
      )
      return hop ? setWire(design, hop.id, { fields: { ...hop.wire.fields, sni: 'edited.example.net' } }) : design
    },
  }),
)

const addingHost = fc.tuple(fc.nat(), fc.constantFrom<'gateway' | 'sidecar'>('gateway', 'sidecar')).map(
  ([index, kind]): Edit => ({
    name: `a host more at ${kind} ${index}`,
    of: (design) => {
      const from = at(ofKind(design, kind), index)
      if (!from) return design
      const { design: more, id } = addNode(design, 'host', { name: 'added.example.org' })
      const result = connect(more, from.id, id)
      return 'design' in result ? result.design : design
    },
  }),
)

/** A client, host and way that the picture has, met in another mix. */
const addingFlow = fc.tuple(fc.nat(), fc.nat()).map(
  ([one, other]): Edit => ({
    name: `a flow: client of path ${one}, the rest of path ${other}`,
    of: (design) => {
      const paths = pathsOf(design)
      const [from, like] = [at(paths, one), at(paths, other)]
      if (!from || !like) return design
      return addFlow(design, { ...flowOf(like as Path, design), pod: flowOf(from as Path, design).pod })
    },
  }),
)

const removing = fc.tuple(fc.nat(), fc.constantFrom('host', 'gateway', 'pod')).map(
  ([index, kind]): Edit => ({
    name: `${kind} ${index} less`,
    removes: true,
    of: (design) => {
      const node = at(ofKind(design, kind), index)
      return node ? remove(design, [node.id]) : design
    },
  }),
)

const removingHop = fc.nat().map(
  (index): Edit => ({
    name: `hop ${index} less`,
    removes: true,
    of: (design) => {
      const hop = at(design.hops.filter(isWireHop), index)
      return hop ? remove(design, [hop.id]) : design
    },
  }),
)

const settingHost = fc
  .tuple(fc.nat(), fc.constantFrom<Fields>({ addresses: ['192.0.2.7'] }, { resolution: 'STATIC', endpoints: ['192.0.2.8'] }))
  .map(
    ([index, fields]): Edit => ({
      name: `host ${index}: ${Object.keys(fields)}`,
      of: (design) => {
        const host = at(ofKind(design, 'host'), index)
        return host ? setFields(design, host.id, fields) : design
      },
    }),
  )

const renaming = fc.nat().map(
  (index): Edit => ({
    name: `host ${index}: renamed`,
    of: (design) => {
      const host = at(ofKind(design, 'host'), index)
      return host
        ? setIdentity(design, host.id, { name: isWildcarded(host.name) ? '*.renamed.example.org' : 'renamed.example.org' })
        : design
    },
  }),
)

export const anyEdit: fc.Arbitrary<Edit> = fc
  .oneof(settingTls, settingTls, settingPort, settingSni, addingHost, addingFlow, removing, removingHop, settingHost, renaming)
  .map(({ of, ...edit }): Edit => {
    const laid = (design: Design) => {
      const after = of(design)
      return after === design ? design : placed(after)
    }
    return Object.assign({ ...edit, of: laid }, { [fc.toStringMethod]: () => edit.name })
  })
