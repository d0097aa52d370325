/** BackendTLSPolicy: TLS of every proxy towards a host; without `subjectAltNames` nobody's name is checked (istio/README 3.5, 7.5). */

import { asList, asMap, asText, isMap, type Loose } from '../../base/loose'
import type { ClientTls, DestinationRule } from '../../istio/mesh'
import type { Document, Place } from '../../yaml/document'
import { specOf, writtenAt } from '../loose'
import { apiGroup } from './k8s-gateway'
import type { Reader } from './kind'

export const backendTlsPolicy: Reader = {
  group: apiGroup,
  kind: 'BackendTLSPolicy',
  read: (document) => ({ destinationRules: [dialFrom(document)] }),
}

function dialFrom(document: Document): DestinationRule {
  const spec = specOf(document)
  const from: Place = { of: document.id, path: ['spec', 'validation'] }
  return {
    ...writtenAt(document),
    by: 'BackendTLSPolicy',
    host: '',
    short: '',
    policy: { tls: tlsOf(asMap(spec.validation), document.namespace, from), others: [], ports: [], from },
    subsets: [],
    exportTo: [],
    selector: null,
    targets: asList(spec.targetRefs)
      .filter(isMap)
      .map((target) => ({
        group: asText(target.group),
        kind: asText(target.kind),
        name: asText(target.name),
        section: asText(target.sectionName),
      })),
  }
}

function tlsOf(validation: Loose, namespace: string, from: Place): ClientTls {
  const [bundle] = asList(validation.caCertificateRefs).filter(isMap)
  const names = asList(validation.subjectAltNames).filter(isMap)
  return {
    mode: 'SIMPLE',
    sni: asText(validation.hostname),
    subjectAltNames: names.map((name) => asText(name.hostname, asText(name.uri))).filter((name) => name !== ''),
    credentialName: bundle ? `${bundle.kind === 'Secret' ? 'kubernetes' : 'configmap'}://${namespace}/${asText(bundle.name)}` : '',
    clientCertificate: '',
    privateKey: '',
    caCertificates: '',
    insecureSkipVerify: false,
    from,
  }
}
