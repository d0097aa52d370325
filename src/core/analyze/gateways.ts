/** Codes of Gateways: their pods, ports, certificates, and two for one host (analyzers/gateway). */

import { has, inside, itemsOf, type Loose, numberOf, textOf, textsOf } from '../base/loose'
import { both } from '../base/text'
import { fits } from '../istio/selector'
import type { Document } from '../yaml/document'
import { type Foretold, foretold, issue } from './foretold'
import { type Seen, selectorText, specOf } from './seen'

export const gateways = (seen: Seen): Foretold[] => {
  const all = seen.all('Gateway')
  const found = all.map((of) => ({ of, selector: inside(specOf(of), 'selector') }))
  const bySelector = new Map<string, GatewayPods>()
  const podsOf = (selector: Loose): GatewayPods => {
    const key = selectorText(selector)
    const known = bySelector.get(key) ?? gatewayPods(selector, seen)
    bySelector.set(key, known)
    return known
  }
  const served = new Set(found.filter(({ of }) => itemsOf(specOf(of), 'servers').length > 0).map(({ selector }) => selectorText(selector)))
  return [
    ...found.flatMap(({ of, selector }) => ofOne(of, podsOf(selector), served, seen)),
    ...conflicts(found, seen),
    ...sharedCertificates(found),
  ]
}

interface GatewayPods {
  /** Of the first pod that is selected; empty: none is. */
  namespace: string
  selector: string
  ports: ReadonlySet<number>
}

/** The ports that Services offer of the pods that a selector takes (gateway.go). */
function gatewayPods(selector: Loose, { pods, services }: Seen): GatewayPods {
  const mine = pods.filter((pod) => fits(selector, pod.labels))
  const offered = mine.flatMap((pod) =>
    services
      .filter((service) => service.namespace === pod.namespace && fits(service.selector, pod.labels))
      .flatMap(({ ports }) => ports.flatMap(({ number, targetPort }) => [number, ...(targetPort > 0 ? [targetPort] : [])])),
  )
  return { namespace: mine[0]?.namespace ?? '', selector: selectorText(selector), ports: new Set(offered) }
}

/** IST0101 selector and credentialName, IST0162 (gateway.go, secret.go). */
function ofOne(of: Document, { namespace, selector, ports }: GatewayPods, served: ReadonlySet<string>, seen: Seen): Foretold[] {
  // A Gateway without servers is not counted among those with its labels, and so not found.
  if (namespace === '' || (selector !== '' && !served.has(selector)))
    return [
      foretold(
        'IST0101',
        of,
        ['spec', 'selector'],
        both(`Referenced selector not found: no pod has ${selector}.`, `找不到所引用的选择器：没有 Pod 带 ${selector}。`),
        both(
          'Pods that no file names are not seen. If the gateway runs in the cluster, all is well.',
          'analyze 看不到文件之外的 Pod。如果集群中运行着该网关，则没有问题。',
        ),
      ),
    ]
  return itemsOf(specOf(of), 'servers').flatMap(([index, server]): Foretold[] => {
    const number = numberOf(inside(server, 'port'), 'number')
    const credential = textOf(inside(server, 'tls'), 'credentialName')
    return [
      ...(has(server, 'port') && !ports.has(number)
        ? [
            foretold(
              'IST0162',
              of,
              ['spec', 'servers', index, 'port', 'number'],
              both(`The gateway’s Service has no port ${number}.`, `网关的 Service 没有端口 ${number}。`),
              null,
              [issue(34324)],
            ),
          ]
        : []),
      ...(credential !== '' && !seen.secrets.has(credential.includes('/') ? credential : `${namespace}/${credential}`)
        ? [missingSecret(of, index, credential, namespace)]
        : []),
    ]
  })
}

const missingSecret = (of: Document, index: number, credential: string, namespace: string): Foretold =>
  foretold(
    'IST0101',
    of,
    ['spec', 'servers', index, 'tls', 'credentialName'],
    both(`Referenced credentialName not found: ${credential}.`, `找不到所引用的 credentialName：${credential}。`),
    both(
      `If the Secret ${credential} is in ${namespace}, all is well: analyze sees only what its files hold.`,
      `如果 ${namespace} 中有 Secret ${credential}，则没有问题：analyze 只看文件中的内容。`,
    ),
  )

interface Found {
  of: Document
  selector: Loose
}

/** IST0145 (conflictinggateway.go): of each Gateway and port the hosts of its last server count. */
function conflicts(found: readonly Found[], seen: Seen): Foretold[] {
  const owners = new Map<string, Set<Document>>()
  for (const { of, selector } of found) {
    const last = new Map<number, unknown>()
    for (const [, server] of itemsOf(specOf(of), 'servers')) last.set(numberOf(inside(server, 'port'), 'number'), server)
    for (const [number, server] of last)
      for (const host of textsOf(server, 'hosts')) {
        const key = `${selectorText(selector)}~${number}~${textOf(server, 'bind')}~${host}`
        owners.set(key, (owners.get(key) ?? new Set()).add(of))
      }
  }
  const selectors = new Map(found.map(({ selector }) => [selectorText(selector), selector]))
  const related = new Map([...selectors].map(([text, selector]) => [text, relatedTo(text, selector, selectors, seen)]))
  return found.flatMap(({ of, selector }) =>
    itemsOf(specOf(of), 'servers').flatMap(([index, server]): Foretold[] => {
      const others = (related.get(selectorText(selector)) ?? []).flatMap((text) =>
        textsOf(server, 'hosts').flatMap((host) => [
          ...(owners.get(`${text}~${numberOf(inside(server, 'port'), 'number')}~${textOf(server, 'bind')}~${host}`) ?? []),
        ]),
      )
      const names = [...new Set(others.filter((other) => other !== of).map(({ namespace, name }) => `${namespace}/${name}`))]
      return names.length === 0
        ? []
        : [
            foretold(
              'IST0145',
              of,
              ['spec', 'servers', index],
              both(
                `The same pods, port and host are in Gateway ${names.join(', ')} as well.`,
                `同样的 Pod、端口和主机也在 Gateway ${names.join('、')} 中。`,
              ),
            ),
          ]
    }),
  )
}

/** Selectors that are the same, or of which one is a part of the other and both take one pod. */
const relatedTo = (text: string, selector: Loose, all: ReadonlyMap<string, Loose>, { pods }: Seen): string[] =>
  [...all]
    .filter(
      ([other, fields]) =>
        other === text ||
        ((other.includes(text) || text.includes(other)) && pods.some(({ labels }) => fits(selector, labels) && fits(fields, labels))),
    )
    .map(([other]) => other)

/** IST0138 (certificate.go). */
function sharedCertificates(found: readonly Found[]): Foretold[] {
  const users = new Map<string, Found[]>()
  const certificates = (of: Document) =>
    new Set(
      itemsOf(specOf(of), 'servers').flatMap(([, server]) => {
        const tls = inside(server, 'tls')
        const secret = textOf(tls, 'credentialName')
        const [file, key] = [textOf(tls, 'serverCertificate'), textOf(tls, 'privateKey')]
        return secret !== '' ? [`secret ${secret}`] : file !== '' && key !== '' ? [`file ${file} ${key}`] : []
      }),
    )
  for (const one of found) for (const each of certificates(one.of)) users.set(each, [...(users.get(each) ?? []), one])
  return found.flatMap(({ of, selector }) => {
    const others = [...certificates(of)]
      .flatMap((each) => users.get(each) ?? [])
      .filter((other) => other.of !== of && fits(selector, other.selector))
    const names = [...new Set(others.map((other) => `${other.of.namespace}/${other.of.name}`))]
    return names.length === 0
      ? []
      : [
          foretold(
            'IST0138',
            of,
            ['metadata', 'name'],
            both(`The same certificate is used by Gateway ${names.join(', ')}.`, `Gateway ${names.join('、')} 使用同一证书。`),
            both(
              'It matters for browsers, which reuse an HTTP/2 connection for another host of the certificate; on the hop from a sidecar it does not.',
              '这会影响浏览器：它会把 HTTP/2 连接复用于证书中的另一主机；来自 Sidecar 的一跳不受影响。',
            ),
          ),
        ]
  })
}
