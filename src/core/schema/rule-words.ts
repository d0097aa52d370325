/** The sentences of the CRDs' own rules, in both languages, by the message that the API server gives. */
import { both, type Text } from '../base/text'

const table: Record<string, readonly [string, string]> = {
  'Must not have port for Backend reference': ['an XBackend has its port itself: remove `port`.', 'XBackend 自带端口：请删去 `port`。'],
  'ClusterTrustBundle references must not specify namespace': [
    'a ClusterTrustBundle is in no namespace: remove `namespace`.',
    'ClusterTrustBundle 不属于任何命名空间：请删去 `namespace`。',
  ],
  'filters may only be set when protocol is HTTP or HTTPS': [
    'filters only go with protocol HTTP or HTTPS.',
    '只有 protocol 为 HTTP 或 HTTPS 时才能写 filters。',
  ],
  'hostname must not be an IP address or end with .cluster.local': [
    'a host outside: no address, and no name of the cluster.',
    '应是外部主机：不能是地址，也不能是集群内的名称。',
  ],
  'Routability must be empty, Cluster, or an implementation-specific prefixed path; k8s.io and its subdomains are reserved': [
    'Cluster, or a word with a domain and `/` before it; k8s.io is not for you.',
    '应为 Cluster，或前面带域名和 `/` 的词；k8s.io 不可使用。',
  ],
  'url must have schema one of [http, https, file, oci]': [
    'the URL must begin with http, https, file or oci.',
    'URL 应以 http、https、file 或 oci 开头。',
  ],
  'only one of targetRefs or selector can be set': ['selector or targetRefs, not both.', 'selector 和 targetRefs 只能写一个。'],
  'exactly one of wasm or lua must be set': ['exactly one of wasm and lua must be there.', 'wasm 和 lua 必须且只能写一个。'],
  'wildcard not allowed in label value match': [
    'a label is compared as it is written: no `*` in its value.',
    '标签按原样比较：值里不能有 `*`。',
  ],
  'wildcard not allowed in label key match': [
    'a label is compared as it is written: no `*` in its name.',
    '标签按原样比较：名字里不能有 `*`。',
  ],
  'key must not be empty': ['a label must have a name.', '标签必须有名字。'],
  'port must be between 1-65535': ['a port lies between 1 and 65535.', '端口应在 1 到 65535 之间。'],
  'only support waypointMatch when context is WAYPOINT': [
    '`waypoint` and context WAYPOINT go together only.',
    '`waypoint` 只能和 context: WAYPOINT 一起用。',
  ],
  'wildcard is not supported in selector': ['a selector takes labels as they are: no `*`.', '选择器按原样比较标签：不能有 `*`。'],
  'only one of targetRefs or workloadSelector can be set': [
    'workloadSelector or targetRefs, not both.',
    'workloadSelector 和 targetRefs 只能写一个。',
  ],
  'only one of credentialNames or tlsCertificates can be set': [
    'credentialNames or tlsCertificates, not both.',
    'credentialNames 和 tlsCertificates 只能写一个。',
  ],
  'only one of credentialName or credentialNames can be set': [
    'credentialName or credentialNames, not both.',
    'credentialName 和 credentialNames 只能写一个。',
  ],
  'only one of credentialName or tlsCertificates can be set': [
    'credentialNames or tlsCertificates, not both.',
    'credentialNames 和 tlsCertificates 只能写一个。',
  ],
  'UDS must be an absolute path or abstract socket': [
    'after unix:// comes an absolute path, or @ and a name.',
    'unix:// 后面应是绝对路径，或 @ 加名字。',
  ],
  'UDS may not be a dir': ['a Unix socket is a file: no `/` at the end.', 'Unix 套接字是文件：末尾不能有 `/`。'],
  'port name must be valid': [
    'a port has a name of letters, digits and dashes, shorter than 63.',
    '端口名只能由字母、数字和连字符组成，且短于 63 个字符。',
  ],
  'Address is required': ['an endpoint needs an address (or a network).', 'endpoint 需要 address（或 network）。'],
  'UDS may not include ports': ['a Unix socket has no ports: remove `ports`.', 'Unix 套接字没有端口：请删去 `ports`。'],
  'hostname cannot be wildcard': [
    'a bare `*` is no host: name the domain, such as `*.example.com`.',
    '不能只写 `*`：请写明域名，例如 `*.example.com`。',
  ],
  'port number cannot be duplicated': [
    'two ports have the same number: each may appear once.',
    '两个端口的号码相同：每个号码只能出现一次。',
  ],
  'only one of WorkloadSelector or Endpoints can be set': [
    'endpoints or workloadSelector, not both.',
    'endpoints 和 workloadSelector 只能写一个。',
  ],
  'CIDR addresses are allowed only for NONE/STATIC resolution types': [
    'a range of addresses needs resolution NONE or STATIC.',
    '地址段只能用于 resolution: NONE 或 STATIC。',
  ],
  'NONE mode cannot set endpoints': [
    'with resolution NONE (the default) there are no endpoints: remove them, or write STATIC or DNS.',
    'resolution 为 NONE（默认值）时不能有 endpoints：请删去，或改用 STATIC 或 DNS。',
  ],
  'DNS_ROUND_ROBIN mode cannot have multiple endpoints': [
    'DNS_ROUND_ROBIN takes one endpoint at most.',
    'DNS_ROUND_ROBIN 最多只能有一个 endpoint。',
  ],
  'must be a valid duration greater than 1ms': [
    'a duration such as `5s` or `1m30s`, at least 1ms.',
    '应是时长，例如 `5s` 或 `1m30s`，不短于 1ms。',
  ],
  'scheme must be one of [HTTP, HTTPS]': ['the scheme is HTTP or HTTPS.', 'scheme 应为 HTTP 或 HTTPS。'],
  'Cannot set serviceAccounts with namespaces or principals': [
    'serviceAccounts must be alone: not beside namespaces or principals.',
    'serviceAccounts 不能和 namespaces 或 principals 一起写。',
  ],
  'portLevelMtls requires selector': ['portLevelMtls needs a selector with matchLabels.', 'portLevelMtls 需要带 matchLabels 的 selector。'],
  'only one of jwks or jwksUri can be set': ['jwks or jwksUri, not both.', 'jwks 和 jwksUri 只能写一个。'],
  'value must be set when operation is UPSERT': ['UPSERT needs a value.', 'UPSERT 需要 value。'],
  'value must not be set when operation is REMOVE': ['REMOVE takes no value.', 'REMOVE 不能有 value。'],
  'cross namespace referencing is not currently supported': [
    'a reference to another namespace is not supported: leave `namespace` out.',
    '不支持引用其他命名空间：请删去 `namespace`。',
  ],
  'value may only be set when valueFrom is INLINE': [
    'a value only goes with valueFrom INLINE.',
    '只有 valueFrom 为 INLINE 时才能写 value。',
  ],
  'url must have scheme http:// or https://': ['the URL must begin with http:// or https://.', 'URL 应以 http:// 或 https:// 开头。'],
  'sectionName must be specified when targetRefs includes 2 or more references to the same target': [
    'one target appears twice: then each needs a sectionName.',
    '同一目标出现了两次：每处都需要 sectionName。',
  ],
  'sectionName must be unique when targetRefs includes 2 or more references to the same target': [
    'the same target with the same sectionName appears twice.',
    '同一目标、同一 sectionName 出现了两次。',
  ],
  'SubjectAltName element must contain Hostname, if Type is set to Hostname': [
    'type Hostname needs `hostname`.',
    'type 为 Hostname 时需要 `hostname`。',
  ],
  'SubjectAltName element must not contain Hostname, if Type is not set to Hostname': [
    '`hostname` only goes with type Hostname.',
    '只有 type 为 Hostname 时才能写 `hostname`。',
  ],
  'SubjectAltName element must contain URI, if Type is set to URI': ['type URI needs `uri`.', 'type 为 URI 时需要 `uri`。'],
  'SubjectAltName element must not contain URI, if Type is not set to URI': [
    '`uri` only goes with type URI.',
    '只有 type 为 URI 时才能写 `uri`。',
  ],
  'must not contain both CACertificateRefs and WellKnownCACertificates': [
    'caCertificateRefs or wellKnownCACertificates, not both.',
    'caCertificateRefs 和 wellKnownCACertificates 只能写一个。',
  ],
  'must specify either CACertificateRefs or WellKnownCACertificates': [
    'say whom to trust: caCertificateRefs, or `wellKnownCACertificates: System`.',
    '请写明信任谁：caCertificateRefs，或 `wellKnownCACertificates: System`。',
  ],
  'IPAddress values must be unique': ['the same IP address appears twice.', '同一 IP 地址出现了两次。'],
  'Hostname values must be unique': ['the same host name appears twice.', '同一主机名出现了两次。'],
  'certificateRefs or options must be specified when mode is Terminate': [
    'TLS that ends here needs certificateRefs, or options such as `gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL`.',
    '在此终止 TLS 需要 certificateRefs，或 `gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL` 之类的 options。',
  ],
  "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']": [
    'a listener of HTTP, TCP or UDP has no `tls`: remove it, or write HTTPS or TLS.',
    'HTTP、TCP、UDP 的监听器不能有 `tls`：请删去，或改用 HTTPS 或 TLS。',
  ],
  'tls mode must be Terminate for protocol HTTPS': [
    'HTTPS ends at the gateway: the mode must be Terminate. For Passthrough the protocol is TLS.',
    'HTTPS 在网关终止：mode 必须是 Terminate。要 Passthrough，协议应写 TLS。',
  ],
  'tls mode must be set for protocol TLS': [
    'a listener of TLS must say its mode: Terminate or Passthrough.',
    'TLS 监听器必须写明 mode：Terminate 或 Passthrough。',
  ],
  "hostname must not be specified for protocols ['TCP', 'UDP']": [
    'TCP and UDP know no host name: remove `hostname`.',
    'TCP 和 UDP 没有主机名：请删去 `hostname`。',
  ],
  'Listener name must be unique within the Gateway': ['two listeners have the same name.', '两个监听器同名。'],
  'Combination of port, protocol and hostname must be unique for each listener': [
    'two listeners have the same port, protocol and hostname.',
    '两个监听器的端口、协议和主机名都相同。',
  ],
  'Port for TLS configuration must be unique within the Gateway': ['the same port appears twice.', '同一端口出现了两次。'],
  'Must have port for Service reference': ['a Service as backend needs a `port`.', '后端是 Service 时需要 `port`。'],
  "One or both of 'service' or 'method' must be specified": ['name a service, a method or both.', '请写明 service、method，或两者都写。'],
  'While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128': [
    'all rules together have more than 128 matches: spread them over several routes.',
    '所有规则的 matches 合计超过 128 个：请分到几个路由里。',
  ],
  'Rule name must be unique within the route': ['two rules have the same name.', '两条规则同名。'],
  'May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both': [
    'a redirect or a rewrite, not both.',
    '重定向和改写只能写一个。',
  ],
  "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']": [
    'the type is Exact, PathPrefix or RegularExpression.',
    'type 应为 Exact、PathPrefix 或 RegularExpression。',
  ],
  "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']": [
    'a path begins with `/`.',
    '路径应以 `/` 开头。',
  ],
  'backendRequest timeout cannot be longer than request timeout': [
    'backendRequest cannot take longer than request.',
    'backendRequest 不能比 request 更长。',
  ],
  'RequestRedirect filter must not be used together with backendRefs': [
    'a redirect answers by itself: remove backendRefs.',
    '重定向由网关直接应答：请删去 backendRefs。',
  ],
  'Hostnames cannot contain an IP': ['an IP address is no host name.', 'IP 地址不是主机名。'],
  'Hostnames must be valid based on RFC-1123': [
    'a host name has small letters, digits, dashes and dots.',
    '主机名只能由小写字母、数字、连字符和点组成。',
  ],
  'Wildcards on hostnames must be the first label, and the rest of hostname must be valid based on RFC-1123': [
    '`*` may only be the whole first label: `*.example.com`.',
    '`*` 只能作整个第一段：`*.example.com`。',
  ],
  'interval cannot be greater than one hour or less than one second': ['the interval lies between 1s and 1h.', '间隔应在 1s 到 1h 之间。'],
  'interval cannot be greater than one hour': ['the interval is more than 0s and at most 1h.', '间隔应大于 0s，且不超过 1h。'],
  'AbsoluteTimeout must be specified when cookie lifetimeType is Permanent': [
    'a permanent cookie needs an absoluteTimeout.',
    '永久 cookie 需要 absoluteTimeout。',
  ],
  'cookieConfig can only be set with type Cookie': [
    'cookieConfig only goes with type Cookie.',
    '只有 type 为 Cookie 时才能写 cookieConfig。',
  ],
  'sectionName or port must be specified when parentRefs includes 2 or more references to the same parent': [
    'one parent appears twice: then each needs a sectionName or port.',
    '同一父对象出现了两次：每处都需要 sectionName 或 port。',
  ],
  'sectionName or port must be unique when parentRefs includes 2 or more references to the same parent': [
    'the same parent with the same sectionName and port appears twice.',
    '同一父对象、同一 sectionName 和 port 出现了两次。',
  ],
  'numerator must be less than or equal to denominator': [
    'the numerator cannot be more than the denominator.',
    'numerator 不能大于 denominator。',
  ],
  'Only one of percent or fraction may be specified in HTTPRequestMirrorFilter': [
    'percent or fraction, not both.',
    'percent 和 fraction 只能写一个。',
  ],
}

/** Messages that differ by a name only. */
const families: readonly (readonly [RegExp, (...parts: string[]) => Text])[] = [
  [
    /^filter\.(\w+) must be nil if the filter\.type is not (\w+)$/,
    (field, type) => both(`\`${field}\` only goes with type ${type}.`, `只有 type 为 ${type} 时才能写 \`${field}\`。`),
  ],
  [
    /^filter\.(\w+) must be specified for (\w+) filter\.type$/,
    (field, type) => both(`type ${type} needs \`${field}\`.`, `type 为 ${type} 时需要 \`${field}\`。`),
  ],
  [/^(\w+) filter cannot be repeated$/, (type) => both(`there may be one ${type} only.`, `${type} 只能有一个。`)],
  [
    /^(\w+) must be specified when (?:protocol|type) is set to '(\w+)'$/,
    (field, value) => both(`${value} needs \`${field}\`.`, `${value} 需要 \`${field}\`。`),
  ],
  [
    /^(\w+) must be '(\w+)' when (\w+) is set$/,
    (field, value, other) => both(`\`${other}\` needs \`${field}: ${value}\`.`, `有 \`${other}\` 时 \`${field}\` 必须是 ${value}。`),
  ],
  [
    /^must not (?:contain|end with) '(.+?)' when type one of/,
    (part) => both(`no \`${part}\` in a path of type Exact or PathPrefix.`, `Exact 或 PathPrefix 的路径里不能有 \`${part}\`。`),
  ],
  [
    /must only contain valid characters \(matching (.{1,300})\)/,
    (form) => both(`there is a character that is not allowed here; the form is \`${form}\`.`, `含有不允许的字符；应符合 \`${form}\`。`),
  ],
  [
    /^Hostname value must be .{0,300}\(matching (.{1,300})\)/,
    (form) => both(`no valid host name; the form is \`${form}\`.`, `不是有效的主机名；应符合 \`${form}\`。`),
  ],
  [
    /^Allow(\w+) cannot contain '\*' alongside/,
    (what) => both(`\`*\` must be alone in allow${what}.`, `allow${what} 里有 \`*\` 就不能再有别的。`),
  ],
  [
    /^(Annotation|Label) keys must be in the form/,
    () =>
      both(
        'a name is letters, digits, `-`, `_` and `.`, with a domain and `/` before it if need be.',
        '名字只能由字母、数字、`-`、`_` 和 `.` 组成，前面可有域名和 `/`。',
      ),
  ],
  [
    /^If specified, the \w+ key's prefix must be a DNS subdomain/,
    () => both('the domain before `/` is too long: 253 characters at most.', '`/` 前的域名过长：最多 253 个字符。'),
  ],
  [
    /using (\w+) filter with path\.replacePrefixMatch/,
    (type) =>
      both(
        `replacePrefixMatch in ${type} needs exactly one match, of type PathPrefix.`,
        `${type} 里用 replacePrefixMatch 时，必须恰有一个 PathPrefix 类型的匹配。`,
      ),
  ],
  [
    /^(\w+) (?:is required|must be set) when (\w+) is (\w+),? and must be (?:empty|unset) otherwise$/,
    (what, key, value) =>
      both(`${what} goes with ${key} ${value}: it must be there then, and only then.`, `${key} 为 ${value} 时必须写 ${what}，否则不能写。`),
  ],
  [
    /^(\w+) must be set if and only if mode is (?:either )?(\w+)(?: or (\w+))?$/,
    (what, one, other) =>
      both(
        `${what} goes with mode ${other ? `${one} or ${other}` : one}: it must be there then, and only then.`,
        `mode 为 ${other ? `${one} 或 ${other}` : one} 时必须写 ${what}，否则不能写。`,
      ),
  ],
  [
    /^(\w+) can only be set when (\w+) is (\w+)$/,
    (what, key, value) => both(`${what} only goes with ${key} ${value}.`, `只有 ${key} 为 ${value} 时才能写 ${what}。`),
  ],
  [/^(\w+) must be specified for (\w+) type$/, (what, type) => both(`type ${type} needs ${what}.`, `type 为 ${type} 时必须写 ${what}。`)],
  [
    /^(\w+) must be nil if type is not (\w+)$/,
    (what, type) => both(`${what} only goes with type ${type}.`, `只有 type 为 ${type} 时才能写 ${what}。`),
  ],
  [
    /^exactly one of the fields in \[(\w+) (\w+)\] must be set$/,
    (one, other) => both(`${one} or ${other}: exactly one of them must be there.`, `${one} 和 ${other} 必须且只能写一个。`),
  ],
  [/^at least one of the fields in \[(\w+)\] must be set$/, (what) => both(`${what} must be there.`, `必须写 ${what}。`)],
  [
    /^tls must be (enabled|disabled) when protocol is (\w+)/,
    (state, protocol) =>
      state === 'enabled'
        ? both(`protocol ${protocol} needs TLS.`, `protocol 为 ${protocol} 时必须启用 TLS。`)
        : both(`protocol ${protocol} is without TLS.`, `protocol 为 ${protocol} 时不能启用 TLS。`),
  ],
  [/^(?:Value|field) is immutable$/, () => both('it cannot be changed once it is there.', '创建后不能再改。')],
]

/** What a rule of a CRD says; one that has no words here yet in the API server's own. */
export function ruleWords(message: string): Text {
  const known = Object.hasOwn(table, message) ? table[message] : undefined
  if (known) return both(...known)
  for (const [pattern, words] of families) {
    const found = pattern.exec(message)
    if (found) return words(...found.slice(1))
  }
  return both(`the API server says: ${message}.`, ` API server 说：${message}。`)
}
