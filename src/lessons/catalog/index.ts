/** Every lesson, in the order in which they are taken. */
import type { Lesson } from '../kind'
import { cleanUp } from './clean-up'
import { httpGateway } from './http-gateway'
import { httpsPassthrough } from './https-passthrough'
import { meshMtls } from './mesh-mtls'
import { mistakeDoubleTls } from './mistake-double-tls'
import { mistakeHttpsPortAsHttp } from './mistake-https-port-as-http'
import { mistakeMissingSni } from './mistake-missing-sni'
import { mistakePlainHop } from './mistake-plain-hop'
import { mistakePolicyWithoutIdentity } from './mistake-policy-without-identity'
import { mistakeShadowedRule } from './mistake-shadowed-rule'
import { mistakeSubsetElsewhere } from './mistake-subset-elsewhere'
import { mistakeTcpWithoutAddresses } from './mistake-tcp-without-addresses'
import { mistakeTlsRouteBehindMutual } from './mistake-tls-route-behind-mutual'
import { mistakeTlsToPlainPort } from './mistake-tls-to-plain-port'
import { originationPort443 } from './origination-port-443'
import { outboundAccess } from './outbound-access'
import { tlsOrigination } from './tls-origination'

export const lessons: readonly Lesson[] = [
  outboundAccess,
  httpGateway,
  httpsPassthrough,
  meshMtls,
  tlsOrigination,
  originationPort443,
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
]
