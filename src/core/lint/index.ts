/** Our own rules, a line each, in the order of their names. */
import type { Rule } from '../rules/kind'
import { sni } from './l01-sni'
import { modes } from './l02-modes'
import { routeKind } from './l03-route-kind'
import { binding } from './l04-binding'
import { hopRuleUnseen } from './l05-hop-rule-unseen'
import { doubleTls } from './l06-double-tls'
import { originationPort } from './l07-origination-port'
import { undialable } from './l08-undialable'
import { portClash } from './l09-port-clash'
import { nameUnchecked } from './l10-name-unchecked'
import { credential } from './l11-credential'
import { portProtocol } from './l12-port-protocol'
import { policyAtGateway } from './l13-policy'
import { noPort } from './l14-no-port'
import { networkPolicy } from './l15-network-policy'
import { version } from './l16-version'
import { oldCertificates } from './l17-old-certificates'
import { oldVersion } from './l17-old-version'
import { severalOwners } from './l18-several-owners'
import { matchPort } from './l19-match-port'
import { sourceLabels } from './l20-source-labels'
import { tlsServerHosts } from './l21-tls-server-hosts'
import { unknownHost } from './l22-unknown-host'
import { erasedTls } from './l23-erased-tls'
import { exportTo } from './l24-export-to'
import { sniTwice } from './l25-sni-twice'
import { ambient } from './l26-ambient'
import { sameObject } from './l27-same-object'
import { hostSubset } from './l29-host-subset'
import { gatewayPort } from './l30-gateway-port'
import { noneKeepsPort } from './l31-none-keeps-port'
import { wideAddresses } from './l36-wide-addresses'
import { sidecarImports } from './l37-sidecar-imports'

export const lintRules: readonly Rule[] = [
  sni,
  modes,
  routeKind,
  binding,
  hopRuleUnseen,
  doubleTls,
  originationPort,
  undialable,
  portClash,
  nameUnchecked,
  credential,
  portProtocol,
  policyAtGateway,
  noPort,
  networkPolicy,
  version,
  oldCertificates,
  oldVersion,
  severalOwners,
  matchPort,
  sourceLabels,
  tlsServerHosts,
  unknownHost,
  erasedTls,
  exportTo,
  sniTwice,
  ambient,
  sameObject,
  hostSubset,
  gatewayPort,
  noneKeepsPort,
  wideAddresses,
  sidecarImports,
]
