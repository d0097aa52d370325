/** A learner for every lesson. */
import { cleanUp } from './clean-up'
import { forbidBypass } from './forbid-bypass'
import { httpGateway } from './http-gateway'
import { httpsPassthrough } from './https-passthrough'
import type { Learner } from './kind'
import { meshMtls } from './mesh-mtls'
import { mistakeCertificateName } from './mistake-certificate-name'
import { mistakeCredentialIgnored } from './mistake-credential-ignored'
import { mistakeDoubleTls } from './mistake-double-tls'
import { mistakeExportToDot } from './mistake-export-to-dot'
import { mistakeHttpsPortAsHttp } from './mistake-https-port-as-http'
import { mistakeMeshMissing } from './mistake-mesh-missing'
import { mistakeMissingFiles } from './mistake-missing-files'
import { mistakeMissingSni } from './mistake-missing-sni'
import { mistakePlainHop } from './mistake-plain-hop'
import { mistakePolicyWithoutIdentity } from './mistake-policy-without-identity'
import { mistakePortOfAnotherTeam } from './mistake-port-of-another-team'
import { mistakeResolutionNone } from './mistake-resolution-none'
import { mistakeSecretElsewhere } from './mistake-secret-elsewhere'
import { mistakeShadowedRule } from './mistake-shadowed-rule'
import { mistakeShortGatewayName } from './mistake-short-gateway-name'
import { mistakeSubsetElsewhere } from './mistake-subset-elsewhere'
import { mistakeTcpWithoutAddresses } from './mistake-tcp-without-addresses'
import { mistakeTlsRouteBehindMutual } from './mistake-tls-route-behind-mutual'
import { mistakeTlsToPlainPort } from './mistake-tls-to-plain-port'
import { mistakeWildcardDns } from './mistake-wildcard-dns'
import { mutualTlsOrigination } from './mutual-tls-origination'
import { originationPort443 } from './origination-port-443'
import { outboundAccess } from './outbound-access'
import { tlsOrigination } from './tls-origination'
import { troubleshooting } from './troubleshooting'

export const learners: readonly Learner[] = [
  outboundAccess,
  httpGateway,
  httpsPassthrough,
  meshMtls,
  tlsOrigination,
  originationPort443,
  mutualTlsOrigination,
  forbidBypass,
  troubleshooting,
  cleanUp,
  mistakeTlsToPlainPort,
  mistakeDoubleTls,
  mistakeHttpsPortAsHttp,
  mistakeTcpWithoutAddresses,
  mistakeSubsetElsewhere,
  mistakeShadowedRule,
  mistakeMissingSni,
  mistakeTlsRouteBehindMutual,
  mistakePlainHop,
  mistakePolicyWithoutIdentity,
  mistakeShortGatewayName,
  mistakeMeshMissing,
  mistakeResolutionNone,
  mistakeWildcardDns,
  mistakePortOfAnotherTeam,
  mistakeCertificateName,
  mistakeCredentialIgnored,
  mistakeMissingFiles,
  mistakeSecretElsewhere,
  mistakeExportToDot,
]
