/** What a DestinationRule tells proxies. */

import { asFlag, asLabels, asMap, asNumber, asOneOf, asText, asTexts, has, type Loose } from '../../base/loose'
import { resolveShortname } from '../../istio/host-name'
import type { ClientTls, DestinationRule, TrafficPolicy } from '../../istio/mesh'
import { clientModes } from '../../istio/tls-mode'
import { items, matchLabels, specOf, writtenAt } from '../../read/loose'
import type { Document, DocumentId, Path } from '../../yaml/document'
import type { Reader } from './kind'

export const destinationRule: Reader = {
  group: 'networking.istio.io',
  kind: 'DestinationRule',
  read: (document) => ({ destinationRules: [dialFrom(document)] }),
}

function dialFrom(document: Document): DestinationRule {
  const spec = specOf(document)
  const short = asText(spec.host)
  return {
    ...writtenAt(document),
    by: 'DestinationRule',
    host: resolveShortname(short, document.namespace),
    short,
    policy: policyAt(spec, document.id, 'spec'),
    subsets: items(spec.subsets, document.id, 'spec', 'subsets').map(({ item, from }) => ({
      name: asText(item.name),
      labels: asLabels(item.labels),
      policy: policyAt(item, document.id, ...from.path),
      from,
    })),
    exportTo: asTexts(spec.exportTo),
    selector: matchLabels(spec, 'workloadSelector'),
    targets: [],
  }
}

/** Fields that a traffic policy has, but for those that have a place of their own. */
const others = (policy: Loose): string[] =>
  Object.keys(policy).filter((key) => has(policy, key) && !['tls', 'port', 'portLevelSettings'].includes(key))

function policyAt(owner: Loose, of: DocumentId, ...above: Path): TrafficPolicy | null {
  if (!has(owner, 'trafficPolicy')) return null
  const path = [...above, 'trafficPolicy']
  const policy = asMap(owner.trafficPolicy)
  return {
    tls: tlsAt(policy, of, ...path),
    others: others(policy),
    ports: items(policy.portLevelSettings, of, ...path, 'portLevelSettings').flatMap(({ item, from }) => {
      const port = asNumber(asMap(item.port).number)
      return port === null ? [] : [{ port, tls: tlsAt(item, of, ...from.path), others: others(item), from }]
    }),
    from: { of, path },
  }
}

function tlsAt(owner: Loose, of: DocumentId, ...above: Path): ClientTls | null {
  if (!has(owner, 'tls')) return null
  const tls = asMap(owner.tls)
  return {
    mode: asOneOf(tls.mode, clientModes, 'DISABLE'),
    sni: asText(tls.sni),
    subjectAltNames: asTexts(tls.subjectAltNames),
    credentialName: asText(tls.credentialName),
    clientCertificate: asText(tls.clientCertificate),
    privateKey: asText(tls.privateKey),
    caCertificates: asText(tls.caCertificates),
    insecureSkipVerify: asFlag(tls.insecureSkipVerify),
    from: { of, path: [...above, 'tls'] },
  }
}
