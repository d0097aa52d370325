/** The request that a person would send along a road of the picture: what Send on a node or hop asks. Pure but for its input. */

import type { Id } from '../../core/base/id'
import { hostBelow } from '../../core/istio/host-name'
import { type Design, namespaceOf } from '../../core/model/design'
import { type Path, pathsOf } from '../../core/model/path'
import type { Asked } from '../state/store'

/** Of the first road that begins at, goes along or ends at this node or hop; null where there is none. */
export function askedAlong(design: Design, id: Id): Asked | null {
  const path = pathsOf(design).find(
    ({ pod, sidecar, gateway, host, hops }) =>
      pod.id === id || sidecar.id === id || gateway?.id === id || host.id === id || hops.includes(id),
  )
  return path ? askedOf(path) : null
}

/** What the app of a road asks. TCP is asked as HTTP would be: curl speaks nothing else. */
function askedOf({ pod, host, speaks, dialled }: Path): Asked {
  const scheme = speaks === 'HTTPS' ? 'https' : 'http'
  const port = dialled && dialled !== (scheme === 'https' ? 443 : 80) ? `:${dialled}` : ''
  const name = hostBelow(host.name, 'www')
  return { from: `${namespaceOf(pod)}/${pod.name}`, url: `${scheme}://${name}${port}/` }
}

/** The first road of the picture, as the fields of the Trace panel begin; null where there is none. */
export function firstAsked(design: Design): Asked | null {
  const [path] = pathsOf(design)
  return path ? askedOf(path) : null
}
