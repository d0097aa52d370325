/**
 * The canonical scenarios of istio/README 3 as YAML that the rules' examples change in one place: what is wrong is then one line, and
 * everything around it is known to work.
 */

const entry = (ports: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: default}
spec:
  hosts: [edition.cnn.com]
  ports: [${ports}]
  resolution: DNS
`
const http80 = '{number: 80, name: http, protocol: HTTP}'
const https443 = '{number: 443, name: https, protocol: HTTPS}'
const tls443 = '{number: 443, name: tls, protocol: TLS}'

const gateway = (port: string, tls = '') => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: istio-egressgateway, namespace: default}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: ${port}
    hosts: [edition.cnn.com]
${tls && `    tls: {mode: ${tls}}\n`}`

/** The service host of the gateway that the lab has by default. */
export const gatewayHost = 'istio-egressgateway.istio-system.svc.cluster.local'

const hop = (policy = '') => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egressgateway-for-cnn, namespace: default}
spec:
  host: ${gatewayHost}
  subsets:
  - name: cnn
${policy && `    trafficPolicy: {portLevelSettings: [${policy}]}\n`}`
const hopMutual = (port: number) => `{port: {number: ${port}}, tls: {mode: ISTIO_MUTUAL, sni: edition.cnn.com}}`

const service = (rules: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: direct-cnn-through-egress-gateway, namespace: default}
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, istio-egressgateway]
${rules}`
const toGateway = (port: number) => `    route: [{destination: {host: ${gatewayHost}, subset: cnn, port: {number: ${port}}}}]`
const toHost = (port: number) => `    route: [{destination: {host: edition.cnn.com, port: {number: ${port}}}}]`
const httpLegs = (gatewayPort: number, hostPort: number) => `  http:
  - match: [{gateways: [mesh], port: 80}]
${toGateway(gatewayPort)}
  - match: [{gateways: [istio-egressgateway], port: ${gatewayPort}}]
${toHost(hostPort)}
`

export const originate = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-tls, namespace: istio-system}
spec:
  host: edition.cnn.com
  exportTo: ["."]
  trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]}
`

/** Several documents as one text. */
export const file = (...documents: readonly string[]): string => documents.join('---\n')

/** HTTP through the gateway, the hop in plain text. */
export const c1 = file(entry(http80), gateway('{number: 80, name: http, protocol: HTTP}'), hop(), service(httpLegs(80, 80)))

const tlsLeg = (from: string, where: string) => `  - match: [{gateways: [${from}], port: 443, sniHosts: [edition.cnn.com]}]
${where}
`

/** The app's own TLS through the gateway, in nothing else. */
export const c3 = file(
  entry(tls443),
  gateway('{number: 443, name: tls, protocol: TLS}', 'PASSTHROUGH'),
  hop(),
  service(`  tls:\n${tlsLeg('mesh', toGateway(443))}${tlsLeg('istio-egressgateway', toHost(443))}`),
)

/** The app's own TLS inside of the mesh's mutual TLS. */
export const c4 = file(
  entry(tls443),
  gateway('{number: 443, name: tls, protocol: TLS}', 'ISTIO_MUTUAL'),
  hop(hopMutual(443)),
  service(`  tls:
${tlsLeg('mesh', toGateway(443))}  tcp:
  - match: [{gateways: [istio-egressgateway], port: 443}]
${toHost(443)}
`),
)

/** The gateway starts the TLS to the host; mutual TLS up to the gateway. */
export const c6 = file(
  entry(`${http80}, ${https443}`),
  gateway('{number: 80, name: https, protocol: HTTPS}', 'ISTIO_MUTUAL'),
  hop(hopMutual(80)),
  service(httpLegs(80, 443)),
  originate,
)

/** The same with the hop in plain text. */
export const c5 = file(
  entry(`${http80}, ${https443}`),
  gateway('{number: 80, name: http, protocol: HTTP}'),
  hop(),
  service(httpLegs(80, 443)),
  originate,
)

const nginx = 'my-nginx.mesh-external.svc.cluster.local'
/** The gateway brings a client certificate from a Secret to a server in the cluster; it goes with `nginxAround`. */
export const c9 = file(
  gateway('{number: 443, name: https, protocol: HTTPS}', 'ISTIO_MUTUAL').replace('edition.cnn.com', nginx),
  hop(hopMutual(443)).replace('edition.cnn.com', nginx),
  service(httpLegs(443, 443)).replaceAll('edition.cnn.com', nginx),
  `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-mtls-for-nginx, namespace: istio-system}
spec:
  host: ${nginx}
  workloadSelector: {matchLabels: {istio: egressgateway}}
  trafficPolicy:
    portLevelSettings:
    - port: {number: 443}
      tls:
        mode: MUTUAL
        credentialName: client-credential
        sni: ${nginx}
        subjectAltNames: [${nginx}]
`,
)
export const nginxUrl = `http://${nginx}/`
export const nginxAround = {
  servers: [{ namespace: 'mesh-external', service: 'my-nginx', port: 443, mutual: true }],
  secrets: [{ namespace: 'istio-system', name: 'client-credential' }],
}

/** The sidecar itself starts the TLS. */
export const b1 = file(
  entry('{number: 80, name: http, protocol: HTTP, targetPort: 443}, {number: 443, name: https, protocol: HTTPS}'),
  `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: originate-tls, namespace: default}
spec:
  host: edition.cnn.com
  trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}
`,
)

/** A text with parts of it replaced; each part occurs once or more, and all occurrences are replaced. */
export const but = (yaml: string, ...changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce((text, [from, to]) => text.replaceAll(from, to), yaml)
