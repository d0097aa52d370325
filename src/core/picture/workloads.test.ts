/** A text that has the workloads of its clients names them: the picture calls them as it does. */
import fc from 'fast-check'
import { dump } from 'js-yaml'
import { expect, test } from 'vitest'
import { anySoundDesign } from '../../testing/any-design'
import { runs } from '../../testing/runs'
import { compile } from '../compile/compile'
import { dialectIds, dialects } from '../compile/dialects'
import { print, textOf } from '../compile/print'
import { type Design, labelsOf, type Node, namespaceOf } from '../model/design'
import { read } from '../read/read'
import { parse } from '../yaml/parse'
import { draw } from './draw'

const podsOf = (design: Design): Node[] => design.nodes.filter(({ kind }) => kind === 'pod')
const keyOf = (pod: Node): string => `${namespaceOf(pod)}/${pod.name}`

const deploymentOf = (pod: Node): string =>
  dump({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: pod.name, namespace: namespaceOf(pod) },
    spec: {
      selector: { matchLabels: labelsOf(pod) },
      template: {
        metadata: { labels: labelsOf(pod) },
        spec: { serviceAccountName: pod.fields.serviceAccount || pod.name, containers: [{ name: 'app', image: 'example.com/app:1' }] },
      },
    },
  })

test('a client that nobody names is a workload of the text, with its labels and account; the others are told of', () => {
  let [named, all] = [0, 0]
  fc.assert(
    fc.property(anySoundDesign, fc.constantFrom(...dialectIds), (design, id) => {
      const dialect = dialects[id]
      const pods = podsOf(design)
      const text = [textOf(print(compile(design, dialect), dialect, { comments: false, lang: 'en' })), ...pods.map(deploymentOf)].join(
        '\n---\n',
      )
      const { documents } = parse(text)
      const { design: drawn, places, notDrawn } = draw(documents, read(documents), null)
      const workloads = new Map(pods.map((pod) => [keyOf(pod), pod]))
      for (const pod of podsOf(drawn)) {
        all++
        const own = workloads.get(keyOf(pod))
        if (!own) continue
        named++
        expect(labelsOf(pod)).toEqual(labelsOf(own))
        expect(pod.fields.serviceAccount || pod.name).toBe(own.fields.serviceAccount || own.name)
        expect(places.get(pod.id)?.map(({ of }) => of.kind)).toContain('Deployment')
      }
      const told = notDrawn.filter(({ of }) => of.kind === 'Deployment').map(({ of }) => `${of.namespace}/${of.name}`)
      const shown = new Set(podsOf(drawn).map(keyOf))
      expect(told.filter((key) => workloads.has(key)).toSorted()).toEqual([...workloads.keys()].filter((key) => !shown.has(key)).toSorted())
    }),
    runs(100),
  )
  // The others are in namespaces where nobody of the text can be the client.
  expect(named).toBeGreaterThan(all * 0.8)
})
