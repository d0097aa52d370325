/** Before you begin: versions, Istio with its gateways and access logs, namespaces with injection, and pods to ask from (istio/README 10). */

import { both } from '../../base/text'
import { applied } from '../../compile/needs'
import { gatewayPortsOf, labelsOf, type Node, namespaceOf } from '../../model/design'
import type { Block, Chapter, Subject } from './kind'
import { accountObject, accountOf, hasSidecar, installationOf, namespaceObject, podObject, yamlOf } from './sample-pod'
import { command, heredoc, selector } from './shell'

export const prepare: Chapter = {
  id: 'prepare',
  title: both('Before you begin', '开始之前'),
  says: both(
    'The tools, Istio with its gateway and access logs, and a pod to ask from. What is there already stays as it is.',
    '准备好工具、带网关和访问日志的 Istio，以及一个用来发请求的 Pod。已有的对象保持不变。',
  ),
  blocks: (of) => [
    versions(of),
    installation(of),
    meshConfig(of),
    ...gatewaysOf(of).flatMap((gateway) => [gatewayThere(gateway), gatewayPorts(gateway)]),
    ...policies(of),
    ...namespacesOf(of).flatMap((name) => namespaceBlocks(of, name)),
    ...podsOf(of).flatMap((pod) => podBlocks(of, pod)),
  ],
}

const gatewaysOf = ({ design }: Subject): Node[] => design.nodes.filter((node) => node.kind === 'gateway')
const podsOf = ({ design }: Subject): Node[] => design.nodes.filter((node) => node.kind === 'pod')

const versions = ({ design: { world } }: Subject): Block => ({
  says: both(
    `Look which cluster you speak to, and whether Istio is ${world.istio} or newer: this was proven with ${world.istio}.`,
    `先看清当前连接的是哪个集群，以及 Istio 是否为 ${world.istio} 或更新版本：以下内容在 ${world.istio} 上验证过。`,
  ),
  run: ['kubectl config current-context', 'kubectl version', 'istioctl version'].join('\n'),
  expect: ['…', `control plane version: ${world.istio}…`, '…'].join('\n'),
})

const installation = (of: Subject): Block => ({
  says: both(
    'Where Istio or the gateway is missing, install it. This changes the whole mesh: do it in a cluster for practice, or add the settings to your own installation.',
    '如果还没有 Istio 或网关，请安装。这会改变整个网格：请在练习用的集群中执行，或者把这些设置加入你自己的安装配置。',
  ),
  run: [...bareNamespaces(of), heredoc('istioctl install -y -f -', installationOf(of))].join('\n'),
})

/** Namespaces of gateways that the installation does not make. */
const bareNamespaces = (of: Subject): string[] =>
  [...new Set(gatewaysOf(of).map(namespaceOf))]
    .filter((name) => name !== of.design.world.root)
    .map((name) => applied(command('kubectl', 'create', 'namespace', name)))

const meshConfig = ({ design: { world } }: Subject): Block => {
  const closed = world.outbound === 'REGISTRY_ONLY'
  return {
    says: closed
      ? both('Proxies write an access log, and let out only what is known.', '代理会写访问日志，并且只放行已知的主机。')
      : both('Proxies write an access log.', '代理会写访问日志。'),
    run: `${command('kubectl', 'get', 'configmap', '-n', world.root, 'istio', '-o', 'jsonpath={.data.mesh}')}`,
    expect: ['…', 'accessLogFile: /dev/stdout', '…', ...(closed ? ['  mode: REGISTRY_ONLY', '…'] : [])].join('\n'),
    script: { part: 'check', advises: true, lines: ['accessLogFile: /dev/stdout', ...(closed ? ['mode: REGISTRY_ONLY'] : [])] },
  }
}

const gatewayThere = (gateway: Node): Block => ({
  says: both(`The gateway ${gateway.name} runs.`, `网关 ${gateway.name} 正在运行。`),
  run: command('kubectl', 'get', 'pod', '-n', namespaceOf(gateway), '-l', selector(labelsOf(gateway))),
  expect: [
    'NAME                     READY   STATUS    RESTARTS   AGE',
    `${`${gateway.name}-…`.padEnd(24)} 1/1     Running   …          …`,
  ].join('\n'),
  script: { part: 'check', lines: [`${gateway.name}… 1/1 Running …`] },
})

const gatewayPorts = (gateway: Node): Block => {
  const path = '{range .spec.ports[*]}{.port} {.targetPort}{"\\n"}{end}'
  const lines = gatewayPortsOf(gateway).map(({ number, targetPort }) => `${number} ${targetPort}`)
  return {
    says: both(
      'Its Service has the ports that the routes name, and leads them to the ports of the pod.',
      '它的 Service 具有路由所用的端口，并把它们转到 Pod 的端口。',
    ),
    run: command('kubectl', 'get', 'service', '-n', namespaceOf(gateway), gateway.name, '-o', `jsonpath=${path}`),
    expect: ['…', ...lines, '…'].join('\n'),
    script: { part: 'check' },
  }
}

/** What enforces a NetworkPolicy is the cluster's network plugin; without one that does it is taken, and does nothing. */
function policies({ resources }: Subject): Block[] {
  const namespaces = [...new Set(resources.filter(({ kind }) => kind === 'NetworkPolicy').map(({ namespace }) => namespace))]
  if (namespaces.length === 0) return []
  return [
    {
      says: both(
        `The cluster’s network plugin must enforce NetworkPolicy: Calico and Cilium do, Flannel alone does not. Look which one runs. The policy is for every pod of ${namespaces.join(', ')}, not for the sample alone.`,
        `集群的网络插件必须能执行 NetworkPolicy：Calico、Cilium 可以，单独的 Flannel 不行。请查看运行的是哪一种。策略作用于 ${namespaces.join('、')} 中的所有 Pod，而不只是示例 Pod。`,
      ),
      run: 'kubectl get daemonset -A',
    },
  ]
}

/** Where pods run and objects are written; namespaces of gateways come with Istio's installation, the test server brings its own. */
function namespacesOf({ design, resources }: Subject): string[] {
  const istio = new Set([design.world.root, ...design.nodes.filter((node) => node.kind === 'gateway').map(namespaceOf)])
  const own = new Set(resources.filter(({ kind, group }) => kind === 'Namespace' && group === '').map(({ name }) => name))
  const pods = design.nodes.filter((node) => node.kind === 'pod').map(namespaceOf)
  const all = [...pods, ...resources.map(({ namespace }) => namespace)].filter((name) => name !== '' && !istio.has(name) && !own.has(name))
  return [...new Set(all)]
}

function namespaceBlocks(of: Subject, name: string): Block[] {
  const injected = podsOf(of).some((pod) => namespaceOf(pod) === name && hasSidecar(of, pod))
  const make = heredoc('kubectl create -f -', yamlOf([namespaceObject(name, false)], of.dialect))
  const created: Block = {
    says: both(`The namespace ${name}. Skip this where it exists.`, `命名空间 ${name}。如果已经存在，请跳过。`),
    run: command('kubectl', 'create', 'namespace', name),
    expect: `namespace/${name} created`,
    script: { part: 'apply', run: `if ${missing(`namespace/${name}`)}; then\n${make}\nfi` },
  }
  const label = command('kubectl', 'label', `namespace/${name}`, 'istio-injection=enabled')
  const labels = 'jsonpath={.metadata.labels.istio-injection}{.metadata.labels.istio\\.io/rev}'
  const labelled: Block = {
    says: both(
      `New pods in ${name} get a sidecar. Skip this where the namespace has a label istio.io/rev.`,
      `${name} 中新建的 Pod 会注入 Sidecar。如果命名空间已有 istio.io/rev 标签，请跳过。`,
    ),
    run: label,
    expect: `namespace/${name} …`,
    script: { part: 'apply', run: `if [ -z "$(${command('kubectl', 'get', `namespace/${name}`, '-o', labels)})" ]; then\n${label}\nfi` },
  }
  return [...(name === 'default' ? [] : [created]), ...(injected ? [labelled] : [])]
}

/** Whether something is not there, as a condition of the shell. */
const missing = (...words: string[]): string => `[ -z "$(${command('kubectl', 'get', ...words, '--ignore-not-found', '-o', 'name')})" ]`

function podBlocks(of: Subject, pod: Node): Block[] {
  const namespace = namespaceOf(pod)
  const sidecar = hasSidecar(of, pod)
  const account = accountOf(pod) === 'default' ? [] : [accountObject(pod)]
  const parts = [...account, podObject(pod, sidecar)]
  const make = (index: number) => heredoc('kubectl create -f -', yamlOf(parts.slice(index, index + 1), of.dialect))
  const guarded = parts.map((part, index) => {
    const kind = part.kind === 'Deployment' ? 'deployment' : 'serviceaccount'
    return `if ${missing('-n', namespace, `${kind}/${part.name}`)}; then\n${make(index)}\nfi`
  })
  const rollout = command('kubectl', 'rollout', 'status', '-n', namespace, `deployment/${pod.name}`, '--timeout=180s')
  return [
    {
      says: both(
        `A pod ${pod.name} in ${namespace} to ask from, with curl. Skip this where your own app is called so: in the commands below take its container’s name.`,
        `${namespace} 中用来发请求的 Pod ${pod.name}，带有 curl。如果你自己的应用就叫这个名字，请跳过，并在后面的命令中改用它的容器名。`,
      ),
      run: heredoc('kubectl create -f -', yamlOf(parts, of.dialect)),
      expect: [...(account.length > 0 ? [`serviceaccount/${accountOf(pod)} created`] : []), `deployment.apps/${pod.name} created`].join(
        '\n',
      ),
      script: { part: 'apply', run: guarded.join('\n') },
    },
    {
      says: sidecar
        ? both('It is ready, with its sidecar: two containers.', '它已就绪，并带有 Sidecar：两个容器。')
        : both('It is ready, without a sidecar: one container.', '它已就绪，没有 Sidecar：一个容器。'),
      run: [rollout, command('kubectl', 'get', 'pod', '-n', namespace, '-l', selector(labelsOf(pod)))].join('\n'),
      expect: [
        '…',
        `deployment "${pod.name}" successfully rolled out`,
        'NAME                     READY   STATUS    RESTARTS   AGE',
        `${`${pod.name}-…`.padEnd(24)} ${sidecar ? '2/2' : '1/1'}     Running   …          …`,
      ].join('\n'),
      script: { part: 'apply', run: rollout },
    },
  ]
}
