/** One sound document of every kind that the schemas know, as rich as the kind's fields for egress; see refusals.mjs. */
export const bases = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a}
spec:
  hosts: [edition.cnn.com, www.cnn.com]
  addresses: [192.0.2.0/24]
  exportTo: ["."]
  location: MESH_EXTERNAL
  resolution: STATIC
  subjectAltNames: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP, targetPort: 443}, {number: 443, name: tls, protocol: TLS}]
  endpoints: [{address: 192.0.2.1, ports: {http: 8080}, labels: {app: x}, weight: 1, locality: a/b}]
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: b}
spec: {hosts: ["*.cnn.com"], resolution: DYNAMIC_DNS, ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: x}}}
---
apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata: {name: a}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [edition.cnn.com]
    name: x
    tls: {mode: MUTUAL, credentialName: x, subjectAltNames: [a], minProtocolVersion: TLSV1_2, cipherSuites: [ECDHE-RSA-AES128-SHA]}
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ["*"]
    tls: {httpsRedirect: true}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: a}
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, a]
  exportTo: ["*"]
  http:
  - name: one
    match: [{gateways: [mesh], port: 80, uri: {prefix: /a}, headers: {x: {exact: y}}, method: {regex: G.*}, sourceLabels: {a: b}, ignoreUriCase: true}]
    route: [{destination: {host: a.com, subset: x, port: {number: 80}}, weight: 10, headers: {request: {set: {a: b}}}}]
    timeout: 5s
    retries: {attempts: 3, perTryTimeout: 2s, retryOn: 5xx}
    rewrite: {uri: /, authority: x}
    fault: {delay: {fixedDelay: 5s, percentage: {value: 10}}, abort: {httpStatus: 500}}
    mirror: {host: b.com}
    corsPolicy: {allowOrigins: [{exact: a}], maxAge: 24h}
  - redirect: {uri: /x, redirectCode: 302}
  - directResponse: {status: 200, body: {string: x}}
  tls: [{match: [{port: 443, sniHosts: [edition.cnn.com], gateways: [mesh]}], route: [{destination: {host: a.com}}]}]
  tcp: [{match: [{port: 443, destinationSubnets: [10.0.0.0/8]}], route: [{destination: {host: a.com, port: {number: 443}}, weight: 1}]}]
---
apiVersion: networking.istio.io/v1alpha3
kind: DestinationRule
metadata: {name: a}
spec:
  host: a.com
  exportTo: ["."]
  workloadSelector: {matchLabels: {app: x}}
  trafficPolicy:
    loadBalancer: {simple: ROUND_ROBIN, warmupDurationSecs: 10s}
    connectionPool: {tcp: {maxConnections: 10, connectTimeout: 5s, tcpKeepalive: {time: 10s, interval: 1s, probes: 3}}, http: {http1MaxPendingRequests: 1, h2UpgradePolicy: UPGRADE, idleTimeout: 5s}}
    outlierDetection: {consecutive5xxErrors: 3, interval: 5s, baseEjectionTime: 30s, maxEjectionPercent: 10}
    tls: {mode: SIMPLE, sni: a.com, subjectAltNames: [a.com], caCertificates: /x, insecureSkipVerify: false}
    portLevelSettings: [{port: {number: 443}, tls: {mode: MUTUAL, credentialName: x}}]
    tunnel: {protocol: CONNECT, targetHost: a, targetPort: 80}
  subsets: [{name: s, labels: {a: b}, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x, minimumRingSize: 10}}, tls: {mode: ISTIO_MUTUAL}}}]
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: a}
spec:
  workloadSelector: {labels: {app: x}}
  outboundTrafficPolicy: {mode: REGISTRY_ONLY}
  egress: [{port: {number: 80, protocol: HTTP, name: x}, bind: 127.0.0.1, captureMode: NONE, hosts: ["./*"]}]
  ingress: [{port: {number: 80, protocol: HTTP, name: x}, defaultEndpoint: 127.0.0.1:80}]
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: a}
spec: {address: 1.2.3.4, ports: {http: 80}, labels: {a: b}, weight: 1, serviceAccount: x}
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: {name: a}
spec: {metadata: {labels: {a: b}}, template: {ports: {http: 80}}, probe: {periodSeconds: 1, httpGet: {port: 80, scheme: HTTP}}}
---
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata: {name: a}
spec: {selector: {matchLabels: {a: b}}, concurrency: 1, image: {imageType: x}}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: a}
spec: {workloadSelector: {labels: {a: b}}, priority: 1, configPatches: [{applyTo: CLUSTER, match: {context: GATEWAY, cluster: {name: x, portNumber: 80}}, patch: {operation: MERGE, value: {any: {thing: [1]}}}}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: a}
spec:
  selector: {matchLabels: {a: b}}
  action: ALLOW
  rules: [{from: [{source: {principals: [x], namespaces: [y], ipBlocks: [10.0.0.0/8]}}], to: [{operation: {hosts: [x], ports: ["80"], methods: [GET], paths: [/]}}], when: [{key: connection.sni, values: [x]}]}]
---
apiVersion: security.istio.io/v1beta1
kind: AuthorizationPolicy
metadata: {name: b}
spec: {targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: x}], action: CUSTOM, provider: {name: x}, rules: [{from: [{source: {serviceAccounts: [a/b]}}]}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: a}
spec: {selector: {matchLabels: {a: b}}, mtls: {mode: STRICT}, portLevelMtls: {"80": {mode: DISABLE}}}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: a}
spec: {selector: {matchLabels: {a: b}}, jwtRules: [{issuer: x, jwksUri: "https://x.y/z", audiences: [a], timeout: 5s, fromHeaders: [{name: x}]}]}
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: a}
spec: {selector: {matchLabels: {a: b}}, accessLogging: [{providers: [{name: envoy}], disabled: false}], metrics: [{overrides: [{match: {metric: REQUEST_COUNT}, tagOverrides: {x: {operation: UPSERT, value: y}}}]}]}
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: a}
spec: {selector: {matchLabels: {a: b}}, url: "oci://a/b", phase: AUTHN, priority: 1, vmConfig: {env: [{name: A, value: x}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: a}
spec:
  gatewayClassName: istio
  addresses: [{type: IPAddress, value: 10.0.0.1}, {type: Hostname, value: a.com}]
  infrastructure: {labels: {a: b}, annotations: {c.d/e: f}}
  listeners:
  - {name: http, port: 80, protocol: HTTP, hostname: a.com, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}, kinds: [{kind: HTTPRoute}]}}
  - {name: https, port: 443, protocol: HTTPS, hostname: a.com, tls: {mode: Terminate, options: {a.b/c: d}, certificateRefs: [{name: x}]}}
  - {name: tls, port: 444, protocol: TLS, tls: {mode: Passthrough}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a}
spec:
  parentRefs: [{kind: ServiceEntry, group: networking.istio.io, name: cnn, port: 80}, {name: gw, sectionName: x}]
  hostnames: [a.com, "*.b.com"]
  rules:
  - name: one
    matches: [{path: {type: PathPrefix, value: /a}, headers: [{name: x, value: y}], method: GET, queryParams: [{name: a, value: b}]}]
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}]}}, {type: URLRewrite, urlRewrite: {hostname: a.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]
    backendRefs: [{name: svc, port: 80, weight: 1}, {kind: Hostname, group: networking.istio.io, name: a.com, port: 443}]
    timeouts: {request: 10s, backendRequest: 5s}
  - filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: a}
spec: {parentRefs: [{name: gw}], hostnames: [a.com, "*.b.com"], rules: [{name: x, backendRefs: [{name: svc, port: 443}]}]}
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TLSRoute
metadata: {name: b}
spec: {parentRefs: [{name: gw}], hostnames: [a.com], rules: [{backendRefs: [{name: svc, port: 443}]}]}
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: a}
spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: svc, port: 443}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: a}
spec: {parentRefs: [{name: gw}], hostnames: [a.com], rules: [{matches: [{method: {service: a.b, method: c}}], backendRefs: [{name: svc, port: 80}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: a}
spec: {targetRefs: [{group: networking.istio.io, kind: ServiceEntry, name: cnn, sectionName: https}], validation: {hostname: a.com, wellKnownCACertificates: System, subjectAltNames: [{type: Hostname, hostname: a.com}, {type: URI, uri: "spiffe://a/b"}]}}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: a}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: x}], to: [{group: "", kind: Service, name: y}]}
`

/** Damage aimed at one rule of a CRD each: kind and name of the document, path, value. */
export const aimed = [
  ['WasmPlugin/a', 'spec.url', 'ftp://a/b'],
  ['WasmPlugin/a', 'spec.vmConfig.env.0', { name: 'A', value: 'x', valueFrom: 'HOST' }],
  ['AuthorizationPolicy/a', 'spec.targetRefs', [{ kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'x' }]],
  ['AuthorizationPolicy/b', 'spec.targetRefs.0.namespace', 'other'],
  ['AuthorizationPolicy/b', 'spec.rules.0.from.0.source', { serviceAccounts: ['a/b'], namespaces: ['c'] }],
  ['AuthorizationPolicy/b', 'spec.rules.0.from.0.source', { serviceAccounts: ['a/b'], principals: ['c'] }],
  ['AuthorizationPolicy/a', 'spec.selector.matchLabels', { '': 'x' }],
  ['AuthorizationPolicy/a', 'spec.selector.matchLabels', { 'a*': 'x' }],
  ['AuthorizationPolicy/a', 'spec.selector.matchLabels', { a: 'x*' }],
  ['DestinationRule/a', 'spec.workloadSelector.matchLabels', { app: 'x*' }],
  ['DestinationRule/a', 'spec.workloadSelector.matchLabels', { 'a*': 'x' }],
  ['DestinationRule/a', 'spec.trafficPolicy.connectionPool.tcp.connectTimeout', '0.5ms'],
  ['DestinationRule/a', 'spec.trafficPolicy.connectionPool.tcp.connectTimeout', '5 s'],
  ['DestinationRule/a', 'spec.trafficPolicy.connectionPool.tcp.connectTimeout', '1h1m1.5s'],
  ['DestinationRule/a', 'spec.trafficPolicy.connectionPool.tcp.connectTimeout', '-5s'],
  ['DestinationRule/a', 'spec.trafficPolicy.connectionPool.tcp.connectTimeout', '5'],
  ['DestinationRule/a', 'spec.trafficPolicy.loadBalancer', { simple: 'RANDOM', consistentHash: { useSourceIp: true } }],
  ['DestinationRule/a', 'spec.trafficPolicy.loadBalancer', { consistentHash: { useSourceIp: true, httpHeaderName: 'x' } }],
  ['DestinationRule/a', 'spec.trafficPolicy.portLevelSettings.0.tunnel', { targetHost: 'a', targetPort: 1 }],
  ['EnvoyFilter/a', 'spec.configPatches.0.match', { context: 'GATEWAY', waypoint: { portNumber: 80 } }],
  ['EnvoyFilter/a', 'spec.targetRefs', [{ kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'x' }]],
  ['EnvoyFilter/a', 'spec.workloadSelector.labels', { a: 'b*' }],
  [
    'Gateway/a',
    'spec.servers.0.tls',
    { mode: 'SIMPLE', credentialNames: ['a'], tlsCertificates: [{ serverCertificate: 'a', privateKey: 'b' }] },
  ],
  ['Gateway/a', 'spec.servers.0.tls', { mode: 'SIMPLE', credentialName: 'a', credentialNames: ['b'] }],
  [
    'Gateway/a',
    'spec.servers.0.tls',
    { mode: 'SIMPLE', credentialName: 'a', tlsCertificates: [{ serverCertificate: 'a', privateKey: 'b' }] },
  ],
  ['Gateway/a', 'spec.servers.0.tls.mode', 'simple'],
  ['ServiceEntry/a', 'spec.endpoints.0', { address: 'unix://x' }],
  ['ServiceEntry/a', 'spec.endpoints.0', { address: 'unix:///x/' }],
  ['ServiceEntry/a', 'spec.endpoints.0', { address: 'unix:///x' }],
  ['ServiceEntry/a', 'spec.endpoints.0', { address: 'unix:///x', ports: { http: 80 } }],
  ['ServiceEntry/a', 'spec.endpoints.0', { ports: { http: 80 } }],
  ['ServiceEntry/a', 'spec.endpoints.0.ports', { a_b: 80 }],
  ['ServiceEntry/a', 'spec.endpoints.0.ports', { http: 0 }],
  ['ServiceEntry/a', 'spec.endpoints.0.ports', { http: 65536 }],
  ['ServiceEntry/a', 'spec.hosts', ['*']],
  ['ServiceEntry/a', 'spec.hosts', ['a.com', '*']],
  [
    'ServiceEntry/a',
    'spec.ports',
    [
      { number: 80, name: 'a', protocol: 'HTTP' },
      { number: 80, name: 'b', protocol: 'HTTP' },
    ],
  ],
  [
    'ServiceEntry/a',
    'spec.ports',
    [
      { number: 80, name: 'a', protocol: 'HTTP' },
      { number: 81, name: 'a', protocol: 'HTTP' },
    ],
  ],
  ['ServiceEntry/a', 'spec.ports.0.number', 0],
  ['ServiceEntry/a', 'spec.ports.0.number', 65536],
  ['ServiceEntry/a', 'spec.ports.0.targetPort', 65536],
  ['ServiceEntry/a', 'spec.workloadSelector', { labels: { a: 'b' } }],
  ['ServiceEntry/a', 'spec.resolution', 'DNS'],
  ['ServiceEntry/a', 'spec.resolution', 'NONE'],
  ['ServiceEntry/b', 'spec', { hosts: ['a.com'], resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a' }, { address: 'b' }] }],
  ['ServiceEntry/b', 'spec', { hosts: ['a.com'], endpoints: [{ address: '1.2.3.4' }] }],
  ['ServiceEntry/b', 'spec', { hosts: ['a.com'], addresses: ['10.0.0.0/8'], resolution: 'DNS' }],
  ['ServiceEntry/b', 'spec', { hosts: ['a.com'], addresses: ['10.0.0.0/8'] }],
  ['PeerAuthentication/a', 'spec.portLevelMtls', { 0: { mode: 'STRICT' } }],
  ['PeerAuthentication/a', 'spec.portLevelMtls', { x: { mode: 'STRICT' } }],
  ['PeerAuthentication/a', 'spec.selector', {}],
  ['RequestAuthentication/a', 'spec.jwtRules.0.jwks', '{}'],
  ['RequestAuthentication/a', 'spec.jwtRules.0.jwksUri', 'ftp://x'],
  ['Telemetry/a', 'spec.metrics.0.overrides.0.tagOverrides.x', { operation: 'REMOVE', value: 'y' }],
  ['Telemetry/a', 'spec.metrics.0.overrides.0.tagOverrides.x', { operation: 'UPSERT' }],
  ['VirtualService/a', 'spec.http.0.match.0.uri', { prefix: '/', exact: '/' }],
  ['VirtualService/a', 'spec.http.0.timeout', '0s'],
  ['VirtualService/a', 'spec.http.0.retries.perTryTimeout', '100us'],
  ['VirtualService/a', 'spec.http.0.fault.abort', { httpStatus: 500, grpcStatus: 'x' }],
  ['VirtualService/a', 'spec.http.0.route.0.destination.port.number', 70000],
  ['VirtualService/a', 'spec.tls.0.match.0', { sni_hosts: ['a.com'] }],
  ['VirtualService/a', 'spec.host', 'a.com'],
  ['BackendTLSPolicy/a', 'spec.validation', { hostname: 'a.com' }],
  [
    'BackendTLSPolicy/a',
    'spec.validation',
    { hostname: 'a.com', wellKnownCACertificates: 'System', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'x' }] },
  ],
  ['BackendTLSPolicy/a', 'spec.validation.subjectAltNames', [{ type: 'Hostname', uri: 'spiffe://a/b' }]],
  ['BackendTLSPolicy/a', 'spec.validation.subjectAltNames', [{ type: 'URI', hostname: 'a' }]],
  ['BackendTLSPolicy/a', 'spec.validation.subjectAltNames', [{ type: 'URI', uri: 'spiffe://a/b', hostname: 'a' }]],
  [
    'BackendTLSPolicy/a',
    'spec.targetRefs',
    [
      { group: '', kind: 'Service', name: 'x' },
      { group: '', kind: 'Service', name: 'x' },
    ],
  ],
  [
    'BackendTLSPolicy/a',
    'spec.targetRefs',
    [
      { group: '', kind: 'Service', name: 'x' },
      { group: '', kind: 'Service', name: 'x', sectionName: 'a' },
    ],
  ],
  ['Gateway/a/gateway', 'spec.listeners', [{ name: 'a', port: 80, protocol: 'HTTP', tls: { mode: 'Terminate' } }]],
  ['Gateway/a/gateway', 'spec.listeners', [{ name: 'a', port: 80, protocol: 'HTTPS', tls: { mode: 'Passthrough' } }]],
  ['Gateway/a/gateway', 'spec.listeners', [{ name: 'a', port: 80, protocol: 'HTTPS' }]],
  ['Gateway/a/gateway', 'spec.listeners', [{ name: 'a', port: 80, protocol: 'TLS' }]],
  ['Gateway/a/gateway', 'spec.listeners', [{ name: 'a', port: 80, protocol: 'TCP', hostname: 'a.com' }]],
  [
    'Gateway/a/gateway',
    'spec.listeners',
    [
      { name: 'a', port: 80, protocol: 'HTTP' },
      { name: 'a', port: 81, protocol: 'HTTP' },
    ],
  ],
  [
    'Gateway/a/gateway',
    'spec.listeners',
    [
      { name: 'a', port: 80, protocol: 'HTTP' },
      { name: 'b', port: 80, protocol: 'HTTP' },
    ],
  ],
  ['Gateway/a/gateway', 'spec.listeners', [{ name: 'a', port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [] } }]],
  [
    'Gateway/a/gateway',
    'spec.addresses',
    [
      { type: 'Hostname', value: 'a.com' },
      { type: 'Hostname', value: 'a.com' },
    ],
  ],
  ['Gateway/a/gateway', 'spec.addresses', [{ value: '10.0.0.1' }, { value: '10.0.0.1' }]],
  ['Gateway/a/gateway', 'spec.addresses', [{ value: 'x' }]],
  ['Gateway/a/gateway', 'spec.addresses', [{ type: 'Hostname', value: 'A_b' }]],
  ['Gateway/a/gateway', 'spec.infrastructure.labels', { 'a b': 'c' }],
  ['Gateway/a/gateway', 'spec.infrastructure.annotations', { '/': 'c' }],
  ['HTTPRoute/a', 'spec.parentRefs', [{ name: 'a' }, { name: 'a' }]],
  ['HTTPRoute/a', 'spec.parentRefs', [{ name: 'a' }, { name: 'a', sectionName: 'x' }]],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: 'a' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { value: 'a' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a//b' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a/./b' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a/../b' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/%2f' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a#b' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a/..' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a/.' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'Exact', value: '/a b' }],
  ['HTTPRoute/a', 'spec.rules.0.matches.0.path', { type: 'RegularExpression', value: 'a b' }],
  ['HTTPRoute/a', 'spec.rules.0.timeouts', { request: '1s', backendRequest: '2s' }],
  ['HTTPRoute/a', 'spec.rules.0.timeouts', { request: '0s', backendRequest: '2s' }],
  ['HTTPRoute/a', 'spec.rules.0.filters', [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }]],
  [
    'HTTPRoute/a',
    'spec.rules.0.filters',
    [
      { type: 'RequestHeaderModifier', requestHeaderModifier: {} },
      { type: 'RequestHeaderModifier', requestHeaderModifier: {} },
    ],
  ],
  ['HTTPRoute/a', 'spec.rules.0.filters', [{ type: 'URLRewrite', requestMirror: { backendRef: { name: 'a', port: 80 } } }]],
  [
    'HTTPRoute/a',
    'spec.rules.0.filters',
    [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'a', port: 80 }, percent: 1, fraction: { numerator: 1 } } }],
  ],
  [
    'HTTPRoute/a',
    'spec.rules.0.filters',
    [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'a', port: 80 }, fraction: { numerator: 101 } } }],
  ],
  [
    'HTTPRoute/a',
    'spec.rules.0.filters',
    [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replacePrefixMatch: '/' } } }],
  ],
  ['HTTPRoute/a', 'spec.rules.0.filters', [{ type: 'CORS', cors: { allowOrigins: ['*', 'https://a.com'] } }]],
  ['HTTPRoute/a', 'spec.rules.0.matches', [{ path: { type: 'Exact', value: '/' } }, { path: { type: 'Exact', value: '/a' } }]],
  ['HTTPRoute/a', 'spec.rules.0.backendRefs.0', { name: 'x' }],
  ['HTTPRoute/a', 'spec.rules', [{ name: 'a' }, { name: 'a' }]],
  ['TLSRoute/a', 'spec.hostnames', ['10.0.0.1']],
  ['TLSRoute/a', 'spec.hostnames', ['*']],
  ['TLSRoute/a', 'spec.hostnames', ['a.*.com']],
  ['TLSRoute/a', 'spec.hostnames', []],
  ['GRPCRoute/a', 'spec.rules.0.matches.0.method', { type: 'Exact' }],
  ['GRPCRoute/a', 'spec.rules.0.matches.0.method', { service: 'a b' }],
]
