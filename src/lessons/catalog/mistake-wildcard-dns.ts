/** Mistake: a wildcard that is to be looked up. The webhook refuses it, and so nothing of it counts. */
import { both } from '../../core/base/text'
import { but } from '../but'
import type { Asks, Goal, Lesson, Scene } from '../kind'

const english: Asks = { url: 'https://en.wikipedia.org/' }
const german: Asks = { url: 'https://de.wikipedia.org/' }
const foreign: Asks = { url: 'https://www.example.com/' }

const started = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: wikipedia
  namespace: default
spec:
  hosts: ["*.wikipedia.org"]
  ports:
  - {number: 443, name: tls, protocol: TLS}
  resolution: DNS
`
const scene = (yaml: string, outbound = 'REGISTRY_ONLY'): Scene => ({ flows: `outbound ${outbound}`, yaml })
const wildcard = '["*.wikipedia.org"]'

const stopped = (request: Asks): Goal => ({ request, ends: { exit: 35, hops: [{ proxy: 'sidecar', cluster: 'BlackHoleCluster' }] } })
const known = (request: Asks): Goal => ({
  request,
  ends: { arrives: true, hops: [{ proxy: 'sidecar', cluster: 'wikipedia.org' }] },
})

export const mistakeWildcardDns: Lesson = {
  id: 'mistake-wildcard-dns',
  part: 'mistake',
  title: both('A wildcard that is refused', '被拒绝的通配符'),
  story: both(
    'An app reads Wikipedia in many languages, and to list them all seems tedious. `*.wikipedia.org` is in the ServiceEntry, `DNS` as everywhere else. `kubectl apply` refuses it, the pipeline’s log scrolls past, and the app still cannot get out.',
    '应用要访问各种语言的维基百科，逐个列出太麻烦，于是在 ServiceEntry 里写了 `*.wikipedia.org`，解析方式照例用 `DNS`。`kubectl apply` 拒绝了它，流水线日志一闪而过，应用依然出不去。',
  ),
  issues: [13241, 17481],
  start: scene(started),
  steps: [
    {
      title: both('See what a cluster makes of it', '看看集群会怎样处理它'),
      says: both(
        'Look at the **Problems** panel first. Then send `https://en.wikipedia.org/` in **Trace**: it is traced as a cluster would have it, without what the cluster refuses.',
        '先看**问题**面板，再在**逐跳推演**中发送 `https://en.wikipedia.org/`：推演以集群实际持有的配置为准，被拒绝的对象不算数。',
      ),
      goals: [
        { says: both('The request was sent', '请求已发送'), is: { sent: english } },
        { says: both('The Problems panel says that it is refused: W65', '问题面板指出它会被拒绝：W65'), is: { problem: 'W65' } },
        { says: both('The request is stopped at the sidecar', '请求在 Sidecar 处被拦下'), is: stopped(english) },
      ],
      points: [{ control: 'problems' }, { control: 'trace' }],
      hint: both(
        'Problems and Trace are tabs below the canvas. In Trace choose `default/sleep`, type the address and press Send.',
        '“问题”和“逐跳推演”都是画布下方的标签页。在“逐跳推演”中选择 `default/sleep`，输入地址，按“发送”。',
      ),
      sends: english,
      after: both(
        'With `DNS` a proxy looks up the very host that is in the entry, and there is no server called `*.wikipedia.org`. Istio’s webhook says so in other words: hosts must be FQDN if no endpoints are provided. The mesh allows only known hosts, no such entry was ever stored, and the connection ends in `BlackHoleCluster`.',
        '用 `DNS` 时，代理要解析的正是条目里写的主机，而世上没有一台叫 `*.wikipedia.org` 的服务器。Istio 的 webhook 换了个说法：没有提供 endpoints 时，hosts 必须是 FQDN。网格只放行已登记的主机，这个条目又从未被保存，连接便落入 `BlackHoleCluster`。',
      ),
    },
    {
      title: both('Make the hosts known', '登记这些主机'),
      says: both(
        'Fix the entry so that the English and the German Wikipedia can be reached as known hosts, and nothing else: `https://www.example.com/` must stay closed.',
        '请修正这个条目，让英文和德文维基百科作为已登记的主机可以访问，其他主机依然不行：`https://www.example.com/` 必须仍被拦下。',
      ),
      goals: [
        { says: both('A cluster takes the entry', '集群接受这个条目'), is: { not: { problem: 'W65' } } },
        { says: both('en.wikipedia.org is reached as a known host', 'en.wikipedia.org 作为已登记的主机可以访问'), is: known(english) },
        { says: both('de.wikipedia.org too', 'de.wikipedia.org 也可以'), is: known(german) },
        { says: both('Other hosts stay closed', '其他主机仍被拦下'), is: stopped(foreign) },
      ],
      wrong: [
        {
          is: { outbound: 'ALLOW_ANY' },
          says: both(
            'Now everything gets out, known or not: `ALLOW_ANY` opens the mesh to all hosts, and nothing is known of Wikipedia still.',
            '现在什么都出得去了：`ALLOW_ANY` 对所有主机敞开了网格，而维基百科依然没有登记。',
          ),
          such: scene(started, 'ALLOW_ANY'),
        },
        {
          is: {
            all: [
              { request: english, ends: { exit: 35, hops: [{ proxy: 'sidecar', flags: 'UH', cluster: '*.wikipedia.org' }] } },
              { object: { kind: 'ServiceEntry', where: { 'spec.resolution': 'STATIC' } } },
            ],
          },
          says: both(
            'The entry is taken now, but `STATIC` uses `endpoints` and has none: the cluster exists, and nobody is in it (`UH`).',
            '条目被接受了，但 `STATIC` 依靠 `endpoints`，这里却没有：cluster 存在，里面没有任何 endpoint（`UH`）。',
          ),
          such: scene(but(started, ['resolution: DNS', 'resolution: STATIC'])),
        },
        {
          is: { all: [stopped(english), { object: { kind: 'ServiceEntry', where: { 'spec.hosts.*': 'wikipedia.org' } } }] },
          says: both(
            '`wikipedia.org` is a name that can be looked up, but it is one host alone: a domain does not stand for the names below it.',
            '`wikipedia.org` 确实可以解析，但它只是一个主机：域名并不代表它下面的所有名称。',
          ),
          such: scene(but(started, [wildcard, '[wikipedia.org]'])),
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'There are three right ways: `resolution: NONE`, where the sidecar passes on to the address that the app has looked up; the names one by one with `DNS`; or, since Istio 1.30, `DYNAMIC_DNS`, where the sidecar looks up the name that the request carries.',
        '正确的办法有三种：用 `resolution: NONE`，Sidecar 放行到应用自己解析出的地址；仍用 `DNS`，但逐个列出名称；或者（Istio 1.30 起）用 `DYNAMIC_DNS`，由 Sidecar 解析请求所带的名称。',
      ),
      show: scene(but(started, ['resolution: DNS', 'resolution: NONE'])),
      after: both(
        'NONE trusts the app: the sidecar looks at the SNI to see that the name is allowed, and then connects to whatever address the app has chosen. And it works from sidecars only; a gateway knows of no such address, so that hosts behind it are listed by name.',
        '`NONE` 相信应用：Sidecar 只看 SNI 是否在允许的范围内，然后就去连接应用指定的地址，不管它是什么。而且它只适用于 Sidecar；网关无从知道那个地址，所以要经过网关的主机必须逐个列出名称。',
      ),
    },
    {
      title: both('List them by name', '逐个列出名称'),
      says: both(
        'Do it the other way now, the one that would also work behind a gateway: two names, looked up by the proxy. Then a third language is closed: try `https://fr.wikipedia.org/`.',
        '现在换成另一种做法，也就是在网关后面同样可行的做法：列出两个名称，由代理解析。这样，第三种语言就被挡住了：可以试试 `https://fr.wikipedia.org/`。',
      ),
      goals: [
        { says: both('en.wikipedia.org is reached as a known host', 'en.wikipedia.org 作为已登记的主机可以访问'), is: known(english) },
        { says: both('de.wikipedia.org too', 'de.wikipedia.org 也可以'), is: known(german) },
        { says: both('fr.wikipedia.org is closed', 'fr.wikipedia.org 被拦下'), is: stopped({ url: 'https://fr.wikipedia.org/' }) },
        {
          says: both('The proxy looks names up itself', '由代理自己解析名称'),
          is: { object: { kind: 'ServiceEntry', where: { 'spec.resolution': 'DNS' } } },
        },
      ],
      points: [{ control: 'yaml' }],
      hint: both(
        'Write `hosts: [en.wikipedia.org, de.wikipedia.org]` and `resolution: DNS`.',
        '写成 `hosts: [en.wikipedia.org, de.wikipedia.org]` 和 `resolution: DNS`。',
      ),
      show: scene(but(started, [wildcard, '[en.wikipedia.org, de.wikipedia.org]'])),
      after: both(
        'One more line for each language, and in return the list says what leaves the mesh: a wildcard also lets out what nobody has thought of.',
        '每种语言多写一个名称，换来的是一份清楚的清单：通配符还会放行谁都没有想到的主机。',
      ),
    },
  ],
}
