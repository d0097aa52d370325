/** What makes certificate files appear in a proxy: a Secret, mounted into the gateway, or by annotations into a sidecar (istio/README 2, 3.3). */

import { slug } from '../base/slug'
import { both } from '../base/text'
import { type Node, namespaceOf, type TlsFields } from '../model/design'
import { applied, quoted, withoutSecret } from './needs'
import type { Need } from './resource'

/** The command that mounts the files a rule names, or null if it names none. `proxy` is the gateway, or the pod of a sidecar. */
export function fileNeed(proxy: Node, tls: TlsFields): Need | null {
  const files = [tls.clientCertificate, tls.privateKey, tls.caCertificates].filter((path): path is string => !!path)
  if (files.length === 0) return null
  const folders = [...new Set(files.map((file) => file.slice(0, file.lastIndexOf('/')) || '/'))]
  const volumes = folders.map((folder) => ({
    folder,
    secret: slug(`${proxy.name}-${folder}`, 50),
    files: files.filter((file) => (file.slice(0, file.lastIndexOf('/')) || '/') === folder),
  }))
  const namespace = namespaceOf(proxy)
  const secrets = volumes.map(({ secret, files }) => {
    const keys = files
      .map((file) => file.slice(file.lastIndexOf('/') + 1))
      .map((key) => `--from-file=${quoted(`${key}=${sourceOf(key, tls)}`)}`)
    return `kubectl create secret generic -n ${quoted(namespace)} ${quoted(secret)} ${[...new Set(keys)].join(' ')}`
  })
  const gateway = proxy.kind === 'gateway'
  const patched = (patch: object) =>
    `kubectl patch deployment -n ${quoted(namespace)} ${quoted(proxy.name)} -p ${quoted(JSON.stringify(patch))}`
  const mount = patched(gateway ? gatewayPatch(volumes) : sidecarPatch(volumes))
  return {
    says: both(
      `The files must be in ${proxy.name}${proxy.kind === 'gateway' ? '' : '’s sidecar'}: a Secret, mounted.`,
      `这些文件必须存在于 ${proxy.name}${proxy.kind === 'gateway' ? '' : ' 的 Sidecar'} 中：用 Secret 挂载。`,
    ),
    run: [...secrets, mount].join('\n'),
    again: [...secrets.map(applied), mount].join('\n'),
    // The pod may be gone by now, and with it what was patched.
    undo: [
      `${patched(gateway ? gatewayUnpatch(volumes) : sidecarUnpatch)} || true`,
      ...volumes.map(({ secret }) => withoutSecret(namespace, secret)),
    ].join('\n'),
  }
}

interface Volume {
  folder: string
  secret: string
}

/** Which local file a key is made from: the names that the certificates' commands write. */
function sourceOf(key: string, tls: TlsFields): string {
  if (tls.privateKey?.endsWith(`/${key}`)) return 'client.key'
  return tls.caCertificates?.endsWith(`/${key}`) ? 'ca.crt' : 'client.crt'
}

function gatewayPatch(volumes: readonly Volume[]) {
  return {
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'istio-proxy',
              volumeMounts: volumes.map(({ folder, secret }) => ({ name: secret, mountPath: folder, readOnly: true })),
            },
          ],
          volumes: volumes.map(({ secret }) => ({ name: secret, secret: { secretName: secret } })),
        },
      },
    },
  }
}

function sidecarPatch(volumes: readonly Volume[]) {
  const named = volumes.map(({ secret }) => [secret, { secret: { secretName: secret } }])
  const mounted = volumes.map(({ folder, secret }) => [secret, { mountPath: folder, readOnly: true }])
  const annotations = {
    'sidecar.istio.io/userVolume': JSON.stringify(Object.fromEntries(named)),
    'sidecar.istio.io/userVolumeMount': JSON.stringify(Object.fromEntries(mounted)),
  }
  return { spec: { template: { metadata: { annotations } } } }
}

/** Takes the volumes out again; both lists are merged by these keys (Kubernetes, strategic merge patch). */
function gatewayUnpatch(volumes: readonly Volume[]) {
  const volumeMounts = volumes.map(({ folder }) => ({ mountPath: folder, $patch: 'delete' }))
  return {
    spec: {
      template: {
        spec: {
          containers: [{ name: 'istio-proxy', volumeMounts }],
          volumes: volumes.map(({ secret }) => ({ name: secret, $patch: 'delete' })),
        },
      },
    },
  }
}

const sidecarUnpatch = {
  spec: { template: { metadata: { annotations: { 'sidecar.istio.io/userVolume': null, 'sidecar.istio.io/userVolumeMount': null } } } },
}
