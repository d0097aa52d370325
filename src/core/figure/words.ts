/** What a picture says of itself. Names, modes and ports are the cluster's own words and never translated. */
import { both } from '../base/text'

export const figureWords = {
  workloads: both('Workloads', '工作负载'),
  gateways: both('Egress gateway', '出口网关'),
  outside: both('Outside', '网格之外'),
  sidecar: both('Sidecar', 'Sidecar 代理'),
  external: both('External', '外部主机'),
  plaintext: both('plaintext', '明文'),
  guarded: both('Out only through the gateway', '只能经网关出去'),
  legend: both('On the wire', '链路上'),
}
