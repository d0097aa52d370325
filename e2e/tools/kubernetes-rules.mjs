/**
 * What Kubernetes' Go code asks of its own types beside their OpenAPI, by the type: pkg/apis/core/validation, pkg/apis/networking/validation,
 * pkg/apis/apps/validation and pkg/apis/rbac/validation. `npm run cluster` holds all of it against the server, both ways.
 */

const port = { minimum: 1, maximum: 65535 }
/** A port by number or by its name. */
const portOrName = { minimum: 1, maximum: 65535, format: 'port-name' }
const protocol = { enum: ['TCP', 'UDP', 'SCTP'], default: 'TCP' }
const label = { format: 'dns-label' }
const subdomain = { format: 'dns-subdomain' }
const filled = { minLength: 1 }
const some = { minItems: 1 }
const natural = { minimum: 0 }
const rule = (/** @type {string} */ asked, /** @type {string} */ message, /** @type {string} */ zh) => ({ rule: asked, message, zh })

/** Labels, and what selectors compare with. */
export const labelMap = {
  type: 'object',
  propertyNames: { format: 'label-key' },
  additionalProperties: { type: 'string', format: 'label-value' },
}
const keys = { propertyNames: { format: 'key' } }
/** Go reads a list of numbers as bytes, too. */
const bytes = { type: ['string', 'array'], format: 'byte', items: { type: 'integer', minimum: 0, maximum: 255 } }
const id = { minimum: 0, maximum: 2 ** 31 - 1 }
const oneOf = (/** @type {string[]} */ ...fields) =>
  rule(
    `[${fields.map((field) => `has(self.${field})`).join(', ')}].filter(x, x).size() == 1`,
    `one of ${fields.join(', ')}, and no more.`,
    `必须且只能写 ${fields.join('、')} 中的一个。`,
  )
/** A number, or a percentage. */
const share = { minimum: 0, maximum: 2 ** 31 - 1, format: 'percent' }
const mode = { minimum: 0, maximum: 0o777 }
/** What a container takes of its node. */
const resources = { propertyNames: { pattern: '^(cpu|memory|ephemeral-storage|hugepages-.+|[^/]+/[^/]+)$' } }
const unique = (/** @type {string} */ list, /** @type {string} */ key) =>
  rule(
    `!has(self.${list}) || self.${list}.all(a, !has(a.${key}) || self.${list}.exists_one(b, has(b.${key}) && a.${key} == b.${key}))`,
    `two of \`${list}\` have the same \`${key}\`.`,
    `\`${list}\` 中有两项的 \`${key}\` 相同。`,
  )

/** @type {Record<string, any>} */
export const rules = {
  ServiceSpec: {
    properties: {
      type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], default: 'ClusterIP' },
      selector: labelMap,
      sessionAffinity: { enum: ['None', 'ClientIP'] },
      externalTrafficPolicy: { enum: ['Cluster', 'Local'] },
      internalTrafficPolicy: { ...filled, enum: ['Cluster', 'Local'] },
      ipFamilyPolicy: { ...filled, enum: ['SingleStack', 'PreferDualStack', 'RequireDualStack'] },
      healthCheckNodePort: { minimum: 0, maximum: 65535 },
      trafficDistribution: { ...filled, enum: ['PreferClose', 'PreferSameZone', 'PreferSameNode'] },
      externalIPs: { items: { type: 'string', format: 'usual-ip' } },
      loadBalancerSourceRanges: { items: { type: 'string', format: 'spaced-cidr' } },
      loadBalancerClass: { ...filled, format: 'label-key' },
    },
    'x-kubernetes-validations': [
      rule(
        "self.type == 'ExternalName' || (has(self.clusterIP) && self.clusterIP == 'None') || (has(self.ports) && size(self.ports) > 0)",
        'a Service needs `ports`.',
        'Service 需要 `ports`。',
      ),
      rule(
        "self.type != 'ExternalName' || (has(self.externalName) && self.externalName != '')",
        'type ExternalName needs `externalName`.',
        '类型 ExternalName 需要 `externalName`。',
      ),
      rule(
        "self.type != 'ExternalName' || !has(self.externalName) || self.externalName == '' || (size(self.externalName) < 254 && self.externalName.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'))",
        '`externalName` is the name of a host in lower case, such as edition.cnn.com.',
        '`externalName` 是小写的主机名，例如 edition.cnn.com。',
      ),
      rule(
        '!has(self.clusterIPs) || size(self.clusterIPs) == 0 || (has(self.clusterIP) ? self.clusterIPs[0] == self.clusterIP : false)',
        '`clusterIPs` begins with `clusterIP`.',
        '`clusterIPs` 的第一个应与 `clusterIP` 相同。',
      ),
      rule(
        "!has(self.clusterIPs) || !('None' in self.clusterIPs) || size(self.clusterIPs) == 1",
        'None must be alone in `clusterIPs`.',
        '`clusterIPs` 中的 None 必须单独出现。',
      ),
      rule(
        "!has(self.clusterIP) || self.clusterIP in ['', 'None'] || isIP(self.clusterIP)",
        '`clusterIP` is an IP address or None.',
        '`clusterIP` 是 IP 地址或 None。',
      ),
      rule(
        "self.type != 'ExternalName' || !has(self.clusterIP) || self.clusterIP == '' ",
        'a Service of type ExternalName has no `clusterIP`.',
        '类型为 ExternalName 的 Service 没有 `clusterIP`。',
      ),
      rule(
        "!has(self.clusterIP) || self.clusterIP != 'None' || !(self.type in ['LoadBalancer', 'NodePort'])",
        '`clusterIP: None` is for type ClusterIP alone.',
        '`clusterIP: None` 只能用于类型 ClusterIP。',
      ),
      rule(
        '!has(self.ports) || size(self.ports) < 2 || self.ports.all(p, has(p.name) && p.name != "")',
        'of several ports each needs a name.',
        '有多个端口时每个都要有名字。',
      ),
      unique('ports', 'name'),
      rule(
        '!has(self.ports) || self.ports.all(p, self.ports.exists_one(q, p.port == q.port && p.protocol == q.protocol))',
        'two ports have the same number and protocol.',
        '两个端口的号码和协议相同。',
      ),
      rule(
        "self.type in ['NodePort', 'LoadBalancer'] || !has(self.ports) || self.ports.all(p, !has(p.nodePort) || p.nodePort == 0)",
        '`nodePort` is for type NodePort or LoadBalancer.',
        '`nodePort` 只用于类型 NodePort 或 LoadBalancer。',
      ),
      rule(
        "!has(self.externalTrafficPolicy) || self.externalTrafficPolicy == '' || self.type in ['NodePort', 'LoadBalancer'] || (self.type == 'ClusterIP' && has(self.externalIPs) && size(self.externalIPs) > 0)",
        '`externalTrafficPolicy` is for type NodePort or LoadBalancer.',
        '`externalTrafficPolicy` 只用于类型 NodePort 或 LoadBalancer。',
      ),
      rule(
        "!has(self.loadBalancerSourceRanges) || size(self.loadBalancerSourceRanges) == 0 || self.type == 'LoadBalancer'",
        '`loadBalancerSourceRanges` is for type LoadBalancer.',
        '`loadBalancerSourceRanges` 只用于类型 LoadBalancer。',
      ),
      rule(
        "!has(self.healthCheckNodePort) || self.healthCheckNodePort == 0 || (self.type == 'LoadBalancer' && has(self.externalTrafficPolicy) && self.externalTrafficPolicy == 'Local')",
        '`healthCheckNodePort` is for type LoadBalancer with `externalTrafficPolicy: Local`.',
        '`healthCheckNodePort` 只用于类型 LoadBalancer 且 `externalTrafficPolicy: Local`。',
      ),
      rule(
        "!has(self.allocateLoadBalancerNodePorts) || self.type == 'LoadBalancer'",
        '`allocateLoadBalancerNodePorts` is for type LoadBalancer.',
        '`allocateLoadBalancerNodePorts` 只用于类型 LoadBalancer。',
      ),
      rule(
        "!has(self.loadBalancerClass) || self.type == 'LoadBalancer'",
        '`loadBalancerClass` is for type LoadBalancer.',
        '`loadBalancerClass` 只用于类型 LoadBalancer。',
      ),
    ],
  },
  ServicePort: {
    properties: {
      name: label,
      port,
      targetPort: { minimum: 0, maximum: 65535, format: 'target-port' },
      protocol,
      appProtocol: { ...filled, format: 'label-key' },
    },
    'x-kubernetes-validations': [
      rule(
        '!has(self.nodePort) || self.nodePort <= 0 || (self.nodePort >= 30000 && self.nodePort <= 32767)',
        'a `nodePort` lies between 30000 and 32767, unless the cluster was set up otherwise.',
        '`nodePort` 应在 30000 到 32767 之间，除非集群另有设置。',
      ),
    ],
  },
  ClientIPConfig: { properties: { timeoutSeconds: { minimum: 1, maximum: 86400 } } },
  LabelSelector: { properties: { matchLabels: labelMap } },
  LabelSelectorRequirement: {
    properties: {
      key: { format: 'label-key' },
      operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
      values: { items: { type: 'string', format: 'label-value' } },
    },
    'x-kubernetes-validations': [
      rule(
        "!(self.operator in ['In', 'NotIn']) || (has(self.values) && size(self.values) > 0)",
        'operators In and NotIn need `values`.',
        '运算符 In 和 NotIn 需要 `values`。',
      ),
      rule(
        "!(self.operator in ['Exists', 'DoesNotExist']) || !has(self.values) || size(self.values) == 0",
        'operators Exists and DoesNotExist take no `values`.',
        '运算符 Exists 和 DoesNotExist 不能有 `values`。',
      ),
    ],
  },
  NetworkPolicySpec: {
    properties: { policyTypes: { maxItems: 2, items: { type: 'string', enum: ['Ingress', 'Egress'] } } },
  },
  NetworkPolicyPort: {
    properties: { protocol: { ...protocol, ...filled }, port: { ...portOrName, ...filled }, endPort: port },
    'x-kubernetes-validations': [
      rule(
        '!has(self.endPort) || (has(self.port) && type(self.port) == int)',
        '`endPort` needs a `port` that is a number.',
        '`endPort` 需要一个数字的 `port`。',
      ),
      rule(
        '!has(self.endPort) || !has(self.port) || type(self.port) != int || self.endPort >= self.port',
        '`endPort` must not be less than `port`.',
        '`endPort` 不能小于 `port`。',
      ),
    ],
  },
  NetworkPolicyPeer: {
    'x-kubernetes-validations': [
      rule(
        '!has(self.ipBlock) || (!has(self.podSelector) && !has(self.namespaceSelector))',
        '`ipBlock` must be alone: not beside a selector.',
        '`ipBlock` 不能和选择器一起写。',
      ),
      rule(
        'has(self.ipBlock) || has(self.podSelector) || has(self.namespaceSelector)',
        'say who: `podSelector`, `namespaceSelector` or `ipBlock`.',
        '请写明对方：`podSelector`、`namespaceSelector` 或 `ipBlock`。',
      ),
    ],
  },
  IPBlock: {
    properties: { cidr: { format: 'bare-cidr' }, except: { items: { type: 'string', format: 'bare-cidr' } } },
    'x-kubernetes-validations': [
      rule(
        '!has(self.except) || self.except.all(e, cidr(self.cidr).containsCIDR(e) && cidr(self.cidr).prefixLength() < cidr(e).prefixLength())',
        'what is in `except` lies inside `cidr`, and is smaller.',
        '`except` 中的地址段必须在 `cidr` 之内，且更小。',
      ),
    ],
  },
  DeploymentSpec: {
    properties: { replicas: natural, revisionHistoryLimit: natural, progressDeadlineSeconds: natural, minReadySeconds: natural },
    'x-kubernetes-validations': [
      rule(
        '!has(self.minReadySeconds) || self.minReadySeconds < (has(self.progressDeadlineSeconds) ? self.progressDeadlineSeconds : 600)',
        '`minReadySeconds` must be less than `progressDeadlineSeconds` (600 where it is left out).',
        '`minReadySeconds` 必须小于 `progressDeadlineSeconds`（未写时为 600）。',
      ),
      rule(
        'has(self.selector.matchLabels) && size(self.selector.matchLabels) > 0 || has(self.selector.matchExpressions) && size(self.selector.matchExpressions) > 0',
        'the selector must name a label: an empty one is not allowed.',
        '选择器必须写出标签：不能为空。',
      ),
      rule(
        '!has(self.selector.matchLabels) || self.selector.matchLabels.all(k, has(self.template.metadata.labels) && k in self.template.metadata.labels && self.template.metadata.labels[k] == self.selector.matchLabels[k])',
        'the selector does not fit the labels of the pod template.',
        '选择器与 Pod 模板的标签不匹配。',
      ),
      rule(
        '!has(self.selector.matchExpressions) || self.selector.matchExpressions.all(e, (has(self.template.metadata.labels) && e.key in self.template.metadata.labels) ? (e.operator == "Exists" || (e.operator == "In" && self.template.metadata.labels[e.key] in e.values) || (e.operator == "NotIn" && !(self.template.metadata.labels[e.key] in e.values))) : e.operator in ["NotIn", "DoesNotExist"])',
        'the selector does not fit the labels of the pod template.',
        '选择器与 Pod 模板的标签不匹配。',
      ),
      rule(
        "!has(self.template.spec.restartPolicy) || self.template.spec.restartPolicy in ['Always', '']",
        'pods of a Deployment have `restartPolicy: Always`.',
        'Deployment 的 Pod 只能是 `restartPolicy: Always`。',
      ),
    ],
  },
  DeploymentStrategy: { properties: { type: { enum: ['RollingUpdate', 'Recreate'] } } },
  PodSpec: {
    properties: {
      containers: some,
      restartPolicy: { enum: ['Always', 'OnFailure', 'Never'] },
      dnsPolicy: { enum: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] },
      nodeSelector: labelMap,
      serviceAccountName: subdomain,
    },
    'x-kubernetes-validations': [
      unique('containers', 'name'),
      rule(
        "!has(self.dnsPolicy) || self.dnsPolicy != 'None' || has(self.dnsConfig)",
        '`dnsPolicy: None` needs `dnsConfig`.',
        '`dnsPolicy: None` 需要 `dnsConfig`。',
      ),
      unique('initContainers', 'name'),
      unique('volumes', 'name'),
      rule(
        'self.containers.all(c, has(c.image)) && (!has(self.initContainers) || self.initContainers.all(c, has(c.image)))',
        'a container needs an `image`.',
        '容器需要 `image`。',
      ),
      ...['containers', 'initContainers'].map((list) =>
        rule(
          `!has(self.${list}) || self.${list}.all(c, !has(c.volumeMounts) || c.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name)))`,
          'a volume that is mounted is not among `volumes`.',
          '挂载的卷不在 `volumes` 中。',
        ),
      ),
    ],
  },
  Container: {
    properties: {
      name: label,
      imagePullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
    },
    'x-kubernetes-validations': [unique('ports', 'name'), unique('volumeMounts', 'mountPath')],
  },
  Pod: {
    'x-kubernetes-validations': [
      rule(
        'self.spec.containers.all(c, !has(c.image) || c.image.matches("^[^ ](.*[^ ])?$"))',
        'an `image` has no blanks around it.',
        '`image` 前后不能有空格。',
      ),
    ],
  },
  ContainerPort: { properties: { containerPort: port, hostPort: { minimum: 0, maximum: 65535 }, protocol, name: { format: 'port-name' } } },
  EnvVarSource: {
    'x-kubernetes-validations': [oneOf('fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef')],
  },
  EnvVar: { properties: { name: { format: 'env' } } },
  Volume: { properties: { name: label } },
  ConfigMap: { properties: { data: keys, binaryData: { ...keys, additionalProperties: bytes } } },
  Secret: {
    properties: { data: { ...keys, additionalProperties: bytes }, stringData: keys },
    'x-kubernetes-validations': ['tls.crt', 'tls.key'].map((key) =>
      rule(
        `!has(self.type) || self.type != 'kubernetes.io/tls' || (has(self.data) && '${key}' in self.data) || (has(self.stringData) && '${key}' in self.stringData)`,
        'a Secret of type kubernetes.io/tls has tls.crt and tls.key.',
        '类型为 kubernetes.io/tls 的 Secret 要有 tls.crt 和 tls.key。',
      ),
    ),
  },
  PolicyRule: {
    properties: { verbs: some },
    'x-kubernetes-validations': [
      rule(
        '(has(self.nonResourceURLs) && size(self.nonResourceURLs) > 0) || (has(self.apiGroups) && size(self.apiGroups) > 0 && has(self.resources) && size(self.resources) > 0)',
        'a rule needs `apiGroups` and `resources`; the core group is "".',
        '每条规则需要 `apiGroups` 和 `resources`；核心组写作 ""。',
      ),
      rule(
        '!has(self.nonResourceURLs) || size(self.nonResourceURLs) == 0 || ((!has(self.apiGroups) || size(self.apiGroups) == 0) && (!has(self.resources) || size(self.resources) == 0))',
        '`nonResourceURLs` go with neither `apiGroups` nor `resources`.',
        '`nonResourceURLs` 不能与 `apiGroups` 或 `resources` 同写。',
      ),
    ],
  },
  Role: {
    'x-kubernetes-validations': [
      rule(
        '!has(self.rules) || self.rules.all(r, !has(r.nonResourceURLs) || size(r.nonResourceURLs) == 0)',
        '`nonResourceURLs` are for a ClusterRole.',
        '`nonResourceURLs` 只能用于 ClusterRole。',
      ),
    ],
  },
  RoleRef: {
    properties: {
      name: { ...filled, format: 'path-segment' },
      apiGroup: { enum: ['rbac.authorization.k8s.io'], default: 'rbac.authorization.k8s.io' },
      kind: { enum: ['Role', 'ClusterRole'] },
    },
  },
  ClusterRoleBinding: {
    'x-kubernetes-validations': [
      rule("self.roleRef.kind != 'Role'", 'a ClusterRoleBinding names a ClusterRole.', 'ClusterRoleBinding 只能指向 ClusterRole。'),
      rule(
        "!has(self.subjects) || self.subjects.all(s, s.kind != 'ServiceAccount' || (has(s.namespace) && s.namespace != ''))",
        'a ServiceAccount needs its `namespace` here.',
        '这里的 ServiceAccount 需要 `namespace`。',
      ),
    ],
  },
  Subject: {
    properties: { name: filled, kind: { enum: ['ServiceAccount', 'User', 'Group'] } },
    'x-kubernetes-validations': [
      rule(
        "self.kind != 'ServiceAccount' || (size(self.name) < 254 && self.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'))",
        'a ServiceAccount is named in lower case letters, digits, dashes and dots.',
        'ServiceAccount 的名称由小写字母、数字、连字符和点组成。',
      ),
      rule(
        "self.kind != 'ServiceAccount' || !has(self.apiGroup) || self.apiGroup == ''",
        'a ServiceAccount is of the core group: no `apiGroup`.',
        'ServiceAccount 属于核心组：不写 `apiGroup`。',
      ),
      rule(
        "self.kind == 'ServiceAccount' || !has(self.apiGroup) || self.apiGroup in ['', 'rbac.authorization.k8s.io']",
        'users and groups are of `apiGroup: rbac.authorization.k8s.io`.',
        'User 和 Group 的 `apiGroup` 是 rbac.authorization.k8s.io。',
      ),
    ],
  },
  NamespaceSpec: { properties: { finalizers: { items: { type: 'string', format: 'finalizer' } } } },
  ObjectMeta: {
    properties: { labels: labelMap, annotations: { propertyNames: { format: 'annotation-key' } } },
  },
  RollingUpdateDeployment: {
    properties: { maxSurge: share, maxUnavailable: share },
  },
  ExecAction: { required: ['command'], properties: { command: some } },
  HostAlias: { properties: { ip: { format: 'ip' }, hostnames: { items: { type: 'string', format: 'dns-subdomain' } } } },
  SecretVolumeSource: { required: ['secretName'], properties: { defaultMode: mode } },
  ConfigMapVolumeSource: { required: ['name'], properties: { defaultMode: mode } },
  KeyToPath: {
    properties: { mode },
    'x-kubernetes-validations': [
      rule(
        "!self.path.startsWith('/') && !('..' in self.path.split('/'))",
        '`path` lies below the mount: no `/` first, and no `..`.',
        '`path` 位于挂载点之下：不能以 `/` 开头，也不能有 `..`。',
      ),
    ],
  },
  SecretKeySelector: {
    required: ['key', 'name'],
    properties: { key: { format: 'key' }, name: subdomain },
  },
  ConfigMapKeySelector: {
    required: ['key', 'name'],
    properties: { key: { format: 'key' }, name: subdomain },
  },
  PodSecurityContext: {
    properties: { runAsUser: id, runAsGroup: id, fsGroup: id },
    'x-kubernetes-validations': [unique('sysctls', 'name')],
  },
  SecurityContext: { properties: { runAsUser: id, runAsGroup: id } },
  LifecycleHandler: { 'x-kubernetes-validations': [oneOf('exec', 'httpGet', 'tcpSocket', 'sleep')] },
  Probe: {
    properties: Object.fromEntries(
      ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'].map((key) => [key, natural]),
    ),
    'x-kubernetes-validations': [oneOf('exec', 'httpGet', 'tcpSocket', 'grpc')],
  },
  ObjectFieldSelector: {
    properties: {
      fieldPath: {
        pattern:
          "^(metadata\\.(name|namespace|uid|labels\\['.+'\\]|annotations\\['.+'\\])|spec\\.(nodeName|serviceAccountName)|status\\.(hostIPs?|podIPs?))$",
      },
    },
  },
  EnvFromSource: { 'x-kubernetes-validations': [oneOf('configMapRef', 'secretRef')] },
  ConfigMapEnvSource: { required: ['name'], properties: { name: { format: 'name-beginning' } } },
  SecretEnvSource: { required: ['name'], properties: { name: { format: 'name-beginning' } } },
  Sysctl: {
    required: ['name'],
    properties: { name: { maxLength: 253, pattern: '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$' } },
  },
  ResourceRequirements: {
    properties: { requests: resources, limits: resources },
    'x-kubernetes-validations': [
      rule(
        '!has(self.requests) || !has(self.limits) || self.requests.all(k, !(k in self.limits) || !quantity(self.requests[k]).isGreaterThan(quantity(self.limits[k])))',
        'a request must not be more than its limit.',
        '请求量不能超过上限。',
      ),
      rule(
        "!has(self.requests) || self.requests.all(k, !k.contains('/') || (has(self.limits) && k in self.limits && self.limits[k] == self.requests[k]))",
        'what is no resource of Kubernetes itself has a limit that is its request.',
        '非 Kubernetes 自带的资源，上限必须与请求量相同。',
      ),
      ...['requests', 'limits'].map((list) =>
        rule(
          `!has(self.${list}) || self.${list}.all(k, !k.contains('/') || string(self.${list}[k]).matches('^[0-9]+[kMGTPE]?i?$'))`,
          'what is no resource of Kubernetes itself is a whole number.',
          '非 Kubernetes 自带的资源，数量必须是整数。',
        ),
      ),
    ],
  },
  HTTPGetAction: { properties: { scheme: { enum: ['HTTP', 'HTTPS'] }, port: portOrName } },
  TCPSocketAction: { properties: { port: portOrName } },
  Toleration: {
    properties: {
      key: { format: 'label-key' },
      operator: { enum: ['Exists', 'Equal', 'Lt', 'Gt'] },
      effect: { enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
    },
    'x-kubernetes-validations': [
      rule(
        "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
        'a toleration without `key` has `operator: Exists`.',
        '没有 `key` 的 toleration 要写 `operator: Exists`。',
      ),
      rule(
        "!has(self.value) || (size(self.value) < 64 && self.value.matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
        'the `value` of a toleration must be one of a label.',
        'toleration 的 `value` 必须是标签的值。',
      ),
      rule(
        "!has(self.operator) || self.operator != 'Exists' || !has(self.value)",
        'operator Exists takes no `value`.',
        '运算符 Exists 不能有 `value`。',
      ),
    ],
  },
}
