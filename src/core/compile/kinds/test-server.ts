/**
 * The tutorials' nginx: a server outside of the mesh that asks for a client certificate and answers for one host of the design. It lies in
 * a namespace without sidecars; the ServiceEntry of the host points to it.
 */

import { both, type Text } from '../../base/text'
import { carriesTls, needsClientCertificate, originatesTls } from '../../istio/tls-mode'
import type { Node } from '../../model/design'
import { applied, quoted, withoutSecret } from '../needs'
import type { HostPlan } from '../plan/plan'
import type { Need, Resource } from '../resource'
import type { ResourceKind, Writing } from './kind'
import { testServerNamespace, testServerService } from './test-server-name'

// A fixed version: the newest one may want another configuration tomorrow.
const image = 'nginx:1.28.0'

interface Server {
  host: Node
  /** Ports of its Service, and whether TLS is spoken there. */
  ports: { number: number; tls: boolean }[]
  /** Names in its certificate. */
  names: string[]
  /** Whether everyone brings a client certificate: what SIMPLE sends has none. */
  strict: boolean
}

/** The one host that the test server answers for: the first that asks for it. */
export function testServerOf(by: Writing): Server | null {
  const found = by.plan.hosts.find(({ host }) => host.fields.testServer)
  return found ? serverOf(found) : null
}

function serverOf({ host, paths }: HostPlan): Server {
  const ports = new Map(paths.map(({ outside }) => [outside.port, carriesTls(outside.tls)]))
  const names = paths.flatMap(({ outside: { fields } }) => [fields.sni ?? '', ...(fields.subjectAltNames ?? [])])
  return {
    host,
    ports: [...ports].map(([number, tls]) => ({ number, tls })).toSorted((a, b) => a.number - b.number),
    names: [...new Set([host.name, ...names])].filter((each) => each !== ''),
    strict: !paths.some(({ outside }) => originatesTls(outside.tls) && !needsClientCertificate(outside.tls)),
  }
}

/** What is served from where: both ports of the pod are fixed, the Service leads to them. */
const podPort = (tls: boolean): number => (tls ? 443 : 80)

const labels = { run: testServerService }

function configuration(server: Server): string {
  const plain = server.ports.some((port) => !port.tls)
  // $remote_addr and its like are nginx's own variables: nothing else replaces them on the way here. No line end at the end: kubectl drops it
  // before a separator, so the object would not be what was written.
  return `events {
}

http {
  log_format main '$remote_addr - $remote_user [$time_local]  $status '
  '"$request" $body_bytes_sent "$http_referer" '
  '"$http_user_agent" "$http_x_forwarded_for"';
  access_log /var/log/nginx/access.log main;
  error_log  /var/log/nginx/error.log;

  server {
    listen 443 ssl;${plain ? '\n    listen 80;' : ''}

    root /usr/share/nginx/html;
    index index.html;

    server_name ${server.names.join(' ')};
    ssl_certificate /etc/nginx-server-certs/tls.crt;
    ssl_certificate_key /etc/nginx-server-certs/tls.key;
    ssl_client_certificate /etc/nginx-ca-certs/ca.crt;
    ssl_verify_client ${server.strict ? 'on' : 'optional'};
  }
}`
}

function deployment(server: Server): Record<string, unknown> {
  const mounts = [
    { name: 'nginx-config', mountPath: '/etc/nginx', readOnly: true },
    { name: 'nginx-server-certs', mountPath: '/etc/nginx-server-certs', readOnly: true },
    { name: 'nginx-ca-certs', mountPath: '/etc/nginx-ca-certs', readOnly: true },
  ]
  const served = [...new Set(server.ports.map((port) => podPort(port.tls)))]
  return {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels: labels },
      spec: {
        containers: [{ name: 'nginx', image, ports: served.map((containerPort) => ({ containerPort })), volumeMounts: mounts }],
        volumes: [
          { name: 'nginx-config', configMap: { name: 'nginx-configmap' } },
          { name: 'nginx-server-certs', secret: { secretName: 'nginx-server-certs' } },
          { name: 'nginx-ca-certs', secret: { secretName: 'nginx-ca-certs' } },
        ],
      },
    },
  }
}

const service = (server: Server): Record<string, unknown> => ({
  selector: labels,
  ports: server.ports.map(({ number, tls }) => {
    const protocol = tls ? 'https' : 'http'
    const usualPort = number === podPort(tls)
    // The name tells Istio the protocol: without it `istioctl analyze` asks for one (IST0118).
    return { name: usualPort ? protocol : `${protocol}-${number}`, port: number, targetPort: podPort(tls), protocol: 'TCP' }
  }),
})

/** The commands that make a CA, the server's and the client's certificate, and the server's Secrets. Names are in subjectAltName, where they are checked. */
function certificates(server: Server): Need {
  const alternatives = server.names.map((name) => `DNS:${name}`).join(',')
  // A common name has at most 64 characters; nobody checks it.
  const subject = server.host.name.length <= 64 ? server.host.name : 'test server'
  const signed = (who: string, common: string, extensions: string) => [
    `openssl req -newkey rsa:2048 -nodes -subj ${quoted(`/CN=${common}`)} -keyout ${who}.key -out ${who}.csr`,
    `printf '%s\\n' ${extensions} > ${who}.ext`,
    `openssl x509 -req -in ${who}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -extfile ${who}.ext -out ${who}.crt`,
  ]
  const namespace = testServerNamespace
  const made = [
    "openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj '/CN=test CA' -keyout ca.key -out ca.crt",
    ...signed('server', subject, `${quoted(`subjectAltName=${alternatives}`)} extendedKeyUsage=serverAuth`),
    ...signed('client', 'client.example.com', 'subjectAltName=DNS:client.example.com extendedKeyUsage=clientAuth'),
  ]
  const inNamespace = `kubectl create namespace ${namespace} --dry-run=client -o yaml | kubectl apply -f -`
  const secrets = [
    `kubectl create secret tls -n ${namespace} nginx-server-certs --cert=server.crt --key=server.key`,
    `kubectl create secret generic -n ${namespace} nginx-ca-certs --from-file=ca.crt=ca.crt`,
  ]
  return {
    says: both(
      'Certificates: a CA of your own, one for the test server, and one for the client. The private keys stay on your machine and in Secrets.',
      '证书：自建 CA，测试服务器证书，以及客户端证书。私钥只保存在你的机器和 Secret 中。',
    ),
    run: [...made, inNamespace, ...secrets].join('\n'),
    // Made anew they would no longer fit what nginx has read already.
    again: [
      'if [ ! -s ca.crt ] || [ ! -s server.crt ] || [ ! -s client.crt ]; then',
      ...made.map((line) => `  ${line}`),
      'fi',
      inNamespace,
      ...secrets.map(applied),
    ].join('\n'),
    undo: [withoutSecret(namespace, 'nginx-server-certs'), withoutSecret(namespace, 'nginx-ca-certs')].join('\n'),
  }
}

type Part = Pick<Resource, 'name' | 'namespace' | 'body' | 'says'> & Partial<Resource>

/** A kind of which the test server has one object. */
function kindOf(group: string, kind: string, part: (server: Server) => Part): ResourceKind {
  return {
    group,
    kind,
    ofDesign: (by) => {
      const server = testServerOf(by)
      return server ? [{ group, kind, notes: [], needs: [], origins: [{ path: [], ids: [server.host.id] }], ...part(server) }] : []
    },
  }
}

const says = (server: Server, en: string, zh: string): Text =>
  both(`Test server for ${server.host.name}: ${en}`, `${server.host.name} 的测试服务器：${zh}`)

/** The kinds that bring the test server along, in the order in which they are applied. */
export const testServerKinds: readonly ResourceKind[] = [
  kindOf('', 'Namespace', (server) => ({
    name: testServerNamespace,
    namespace: '',
    labels: { 'istio-injection': 'disabled' },
    body: {},
    says: says(server, 'a namespace without sidecars.', '没有 Sidecar 的命名空间。'),
  })),
  kindOf('', 'ConfigMap', (server) => ({
    name: 'nginx-configmap',
    namespace: testServerNamespace,
    body: { data: { 'nginx.conf': configuration(server) } },
    says: says(server, 'nginx asks for a client certificate.', 'nginx 要求客户端证书。'),
  })),
  kindOf('', 'Service', (server) => ({
    name: testServerService,
    namespace: testServerNamespace,
    labels: labels,
    body: { spec: service(server) },
    says: says(server, 'where the ServiceEntry leads to.', 'ServiceEntry 指向这里。'),
  })),
  kindOf('apps', 'Deployment', (server) => ({
    name: testServerService,
    namespace: testServerNamespace,
    body: { spec: deployment(server) },
    says: says(server, 'nginx with its certificates.', '带有证书的 nginx。'),
    needs: [certificates(server)],
  })),
]
