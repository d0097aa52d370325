/** Symptoms of the last hop: towards the host, where TLS starts and certificates are checked. */

import { both } from '../../base/text'
import { isPassthrough, needsClientCertificate, originatesTls } from '../../istio/tls-mode'
import { namespaceOf } from '../../model/design'
import type { Path } from '../../model/path'
import type { Block, Subject } from './kind'
import { containerOf } from './sample-pod'
import { command, proxy } from './shell'

/** Those that can show up in this design. */
export function hostSymptoms({ plan }: Subject): Block[] {
  const starts = plan.paths.filter(({ outside: { tls } }) => originatesTls(tls))
  const mutual = plan.paths.find(({ outside: { tls } }) => needsClientCertificate(tls))
  const through = plan.paths.find((path) => path.gateway)
  const passes = plan.paths.find(({ outside: { tls } }) => isPassthrough(tls))
  const [first] = starts
  return [
    ...(through ? [notFound(through)] : []),
    ...(first ? [notStarted(first), notTrusted(first), twice(first)] : []),
    ...(mutual ? [noSecret(mutual)] : []),
    ...(passes ? [ownTls(passes)] : []),
  ]
}

const starterOf = (path: Path) => path.gateway ?? path.pod
const clustersOf = (path: Path): string => command('istioctl', 'proxy-config', 'clusters', proxy(starterOf(path)), '--fqdn', path.host.name)

const notFound = (path: Path): Block => ({
  says: both(
    `503 with UH no_healthy_upstream in the gateway’s line: ${path.host.name} does not resolve there, or its ServiceEntry says resolution NONE, which a gateway cannot dial.`,
    `网关的日志是 503 和 UH no_healthy_upstream：${path.host.name} 在那里无法解析，或者它的 ServiceEntry 写了 resolution NONE，网关无法据此连接。`,
  ),
  run: command(
    'istioctl',
    'proxy-config',
    'endpoints',
    proxy(starterOf(path)),
    '--cluster',
    `outbound|${path.outside.port}||${path.host.name}`,
  ),
})

const notStarted = (path: Path): Block => ({
  says: both(
    `400 from the host, with no flags in any line: plain text came to a TLS port. The DestinationRule that starts TLS does not apply: its name must be in the last column, so it must be visible to ${starterOf(path).name}.`,
    `主机返回 400，各行都没有标志：明文到达了 TLS 端口。发起 TLS 的 DestinationRule 没有生效：它的名字应出现在最后一列，因此必须对 ${starterOf(path).name} 可见。`,
  ),
  run: clustersOf(path),
})

const notTrusted = (path: Path): Block => ({
  says: both(
    `503 with CERTIFICATE_VERIFY_FAILED in the line of ${starterOf(path).name}: unable_to_get_local_issuer_certificate means the CA, verify_SAN_list or SAN_matcher the name in the certificate of ${path.host.name}. Look at the CA and the names that the proxy checks.`,
    `${starterOf(path).name} 的日志是 503 和 CERTIFICATE_VERIFY_FAILED：unable_to_get_local_issuer_certificate 指 CA，verify_SAN_list 或 SAN_matcher 指 ${path.host.name} 证书中的名称。请查看代理校验所用的 CA 和名称。`,
  ),
  run: `${clustersOf(path)} -o json | grep -E -A 8 '"(matchTypedSubjectAltNames|validationContextSdsSecretConfig|sni)":'`,
})

const twice = (path: Path): Block => ({
  says: both(
    `curl exits 35 with “wrong version number” when an app speaks https itself to ${path.host.name}: its sidecar sees the rule that starts TLS, and encrypts twice. Such a rule belongs in a subset, or where sidecars do not see it.`,
    `应用自己用 https 访问 ${path.host.name} 时，curl 以 35 退出并提示 “wrong version number”：它的 Sidecar 看到了发起 TLS 的规则，于是加密了两次。这样的规则应放在 subset 中，或放在 Sidecar 看不到的地方。`,
  ),
  run: command('istioctl', 'proxy-config', 'clusters', proxy(path.pod), '--fqdn', path.host.name),
})

const noSecret = (path: Path): Block => {
  const { credentialName } = path.outside.fields
  const namespace = namespaceOf(starterOf(path))
  const get = credentialName ? [command('kubectl', 'get', '-n', namespace, `secret/${credentialName}`)] : []
  return {
    says: credentialName
      ? both(
          `503 with Secret_is_not_supplied_by_SDS: ${starterOf(path).name} does not get the Secret ${credentialName}. It must be in ${namespace}, with the keys tls.crt, tls.key and ca.crt, and the service account must be allowed to list Secrets there.`,
          `503 且 Secret_is_not_supplied_by_SDS：${starterOf(path).name} 拿不到 Secret ${credentialName}。它必须位于 ${namespace}，包含键 tls.crt、tls.key 和 ca.crt，并且服务账号有权在那里列出 Secret。`,
        )
      : both(
          `503 with Secret_is_not_supplied_by_SDS: the files that the rule names are not mounted into ${starterOf(path).name}.`,
          `503 且 Secret_is_not_supplied_by_SDS：规则所写的文件没有挂载到 ${starterOf(path).name} 中。`,
        ),
    run: [...get, command('istioctl', 'proxy-config', 'secret', proxy(starterOf(path)))].join('\n'),
  }
}

const ownTls = (path: Path): Block => ({
  says: both(
    `curl exits 35 or 60 although the lines look fine: look at the certificate that the app is shown. It must be the one of ${path.host.name}, for nobody on the way may end the app’s TLS.`,
    `日志看起来正常，curl 却以 35 或 60 退出：请查看应用看到的证书。它必须属于 ${path.host.name}，因为途中谁都不应终止应用的 TLS。`,
  ),
  run: command(
    'kubectl',
    'exec',
    '-n',
    namespaceOf(path.pod),
    `deploy/${path.pod.name}`,
    '-c',
    containerOf(path.pod),
    '--',
    'curl',
    '-svk',
    '-o',
    '/dev/null',
    `https://${path.host.name.replace(/^\*\./, 'www.')}:${path.dialled}/`,
  ),
})
