/** Pods, and what makes pods: clients that a text itself has. */

import { asLabels, asMap, inside, itemsOf, textOf } from '../../base/loose'
import { writtenAt } from '../loose'
import type { Reader } from './kind'

const injection = 'sidecar.istio.io/inject'

const readerOf = (group: string, kind: string, ...path: readonly string[]): Reader => ({
  group,
  kind,
  read(document) {
    const template = inside(document.object, ...path)
    const [labels, annotations] = [inside(template, 'metadata', 'labels'), inside(template, 'metadata', 'annotations')]
    const gateway = isGateway(template)
    return {
      podTemplates: [
        {
          ...writtenAt(document),
          labels: asLabels(labels),
          annotations: asLabels(annotations),
          serviceAccount: textOf(inside(template, 'spec'), 'serviceAccountName') || 'default',
          sidecar: textOf(labels, injection) !== 'false' && textOf(annotations, injection) !== 'false' && !gateway,
          gateway,
        },
      ],
    }
  },
})

/** Istio injects the proxy itself in place of a container whose image is `auto` (Istio `manifests/charts/gateway`). */
const isGateway = (template: unknown): boolean =>
  textOf(inside(template, 'metadata', 'annotations'), 'inject.istio.io/templates') === 'gateway' ||
  itemsOf(inside(template, 'spec'), 'containers').some(([, container]) => textOf(asMap(container), 'image') === 'auto')

export const podTemplates: readonly Reader[] = [
  readerOf('', 'Pod'),
  readerOf('apps', 'Deployment', 'spec', 'template'),
  readerOf('apps', 'StatefulSet', 'spec', 'template'),
  readerOf('apps', 'DaemonSet', 'spec', 'template'),
  readerOf('apps', 'ReplicaSet', 'spec', 'template'),
  readerOf('batch', 'Job', 'spec', 'template'),
  readerOf('batch', 'CronJob', 'spec', 'jobTemplate', 'spec', 'template'),
]
