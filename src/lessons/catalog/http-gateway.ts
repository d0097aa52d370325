/** Lesson: HTTP through the egress gateway. */
import { both } from '../../core/text'
import type { Lesson } from '../kind'

const politics = 'http://edition.cnn.com/politics'

export const httpGateway: Lesson = {
  id: 'http-gateway',
  part: 'tutorial',
  title: both('HTTP through the egress gateway', 'HTTP 流量经过 Egress 网关'),
  story: both(
    'A mesh whose traffic leaves everywhere can be watched nowhere. An egress gateway is one door for all of it: a proxy at the edge of the mesh, where requests are logged, limited and allowed. You lead one host through it.',
    '出口流量从各处离开网格，就无从监控。Egress 网关是统一的出口：它是网格边缘的一个代理，请求在这里被记录、限制和授权。本课把一个主机的流量引到它那里。',
  ),
  start: { flows: 'sleep HTTP -> edition.cnn.com DISABLE' },
  steps: [
    {
      title: both('See where the request leaves', '看看请求从哪里离开'),
      says: both(
        'The host is known to the mesh by a ServiceEntry, and the sidecar of `sleep` goes there by itself.\n\nOpen **Trace**, send `http://edition.cnn.com/politics`, and look where the request leaves the mesh.',
        '网格已经通过 ServiceEntry 认识这个主机，`sleep` 的 Sidecar 会自行访问它。\n\n打开**追踪**，发送 `http://edition.cnn.com/politics`，看看请求从哪里离开网格。',
      ),
      goals: [{ says: both('The request was sent', '请求已发送'), is: { sent: { url: politics } } }],
      points: [{ control: 'trace' }],
      hint: both(
        'Trace is a tab below the canvas. Choose `default/sleep`, type the address and press Send.',
        '“追踪”是画布下方的一个标签页。选择 `default/sleep`，输入地址，然后按“发送”。',
      ),
      sends: { url: politics },
      after: both(
        'Two proxies could have seen it, and only one did: the sidecar. Nobody at the edge of the mesh knows of this request.',
        '本来有两个代理可以看到它，实际只有 Sidecar 看到了。网格边缘对这个请求一无所知。',
      ),
    },
    {
      title: both('Lead it through the gateway', '让它经过网关'),
      says: both(
        'Put an egress gateway between `sleep` and `edition.cnn.com`, and let the request pass it.\n\nLeave the hop to the gateway in plaintext for now.',
        '在 `sleep` 与 `edition.cnn.com` 之间放一个 Egress 网关，让请求经过它。\n\n通往网关的这一跳暂时保持明文。',
      ),
      goals: [
        {
          says: both('The request passes the gateway', '请求经过网关'),
          is: { request: { url: politics }, ends: { gateway: 'any' } },
        },
        {
          says: both('The host answers on port 80', '主机在 80 端口应答'),
          is: { request: { url: politics }, ends: { arrives: true, server: { port: 80 } } },
        },
      ],
      wrong: [
        {
          is: { request: { url: politics }, ends: { gateway: 'any', server: { port: 443, tls: true } } },
          says: both(
            'It passes the gateway, and the gateway starts TLS to port 443. That is a later lesson: choose `DISABLE` on the last hop for this one.',
            '请求经过了网关，但网关向 443 端口发起了 TLS。那是后面课程的内容：本课请在最后一跳选择 `DISABLE`。',
          ),
          such: { flows: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com SIMPLE' },
        },
      ],
      points: [{ control: 'palette' }],
      hint: both(
        'Drag **Gateway** from the palette onto the canvas, then draw from the sidecar of `sleep` to the gateway, and from the gateway to the host. Or open **Add flow** and type `sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE`.',
        '从左侧面板把**网关**拖到画布上，再从 `sleep` 的 Sidecar 连到网关，从网关连到主机。也可以打开**添加流**，输入 `sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE`。',
      ),
      show: { flows: 'sleep HTTP -> istio-egressgateway DISABLE -> edition.cnn.com DISABLE' },
      after: both(
        'Four objects say this: the ServiceEntry makes the host known, the Gateway opens a port on the gateway pod, the VirtualService has one route for the sidecar and one for the gateway, and the DestinationRule names the way between them.',
        '这由四个对象表达：ServiceEntry 让网格认识主机，Gateway 在网关 pod 上开放一个端口，VirtualService 有两条路由，一条给 Sidecar，一条给网关，DestinationRule 则为两者之间的路命名。',
      ),
    },
  ],
}
