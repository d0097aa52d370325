/** Every example, in the order of the gallery. */
import { direct } from './direct'
import { httpGateway } from './http-gateway'
import { httpGatewayMtls } from './http-gateway-mtls'
import { httpsPassthrough } from './https-passthrough'
import { httpsPassthroughMtls } from './https-passthrough-mtls'
import type { Example } from './kind'
import { manyHosts } from './many-hosts'
import { mutualTlsFiles } from './mutual-tls-files'
import { mutualTlsOrigination } from './mutual-tls-origination'
import { networkPolicy } from './network-policy'
import { oneNamespace } from './one-namespace'
import { originateAndPassthrough } from './originate-and-passthrough'
import { port443 } from './port-443'
import { port443Mtls } from './port-443-mtls'
import { registryOnly } from './registry-only'
import { sidecarMutualFiles } from './sidecar-mutual-files'
import { sidecarMutualSecret } from './sidecar-mutual-secret'
import { sidecarOrigination } from './sidecar-origination'
import { tcpGateway } from './tcp-gateway'
import { tlsOrigination } from './tls-origination'
import { tlsOriginationMtls } from './tls-origination-mtls'
import { twoGateways } from './two-gateways'
import { wildcard } from './wildcard'

export const examples: readonly Example[] = [
  httpGateway,
  httpGatewayMtls,
  httpsPassthrough,
  httpsPassthroughMtls,
  tlsOrigination,
  tlsOriginationMtls,
  port443,
  port443Mtls,
  mutualTlsOrigination,
  mutualTlsFiles,
  direct,
  sidecarOrigination,
  sidecarMutualFiles,
  sidecarMutualSecret,
  networkPolicy,
  manyHosts,
  twoGateways,
  originateAndPassthrough,
  tcpGateway,
  oneNamespace,
  registryOnly,
  wildcard,
]
