/** A path as a sentence: who sends what, through where, and what each hop does with it. */
import { both, type Text } from '../base/text'
import type { Path } from './path'
import { tlsKinds } from './tls'

export function pathSays({ pod, speaks, gateway, mesh, host, outside }: Path): Text {
  const to = `${host.name}:${outside.port}`
  const out = tlsKinds[outside.tls].carries
  if (!gateway || !mesh)
    return both(`${pod.name} sends ${speaks} straight to ${to}, ${out.en}.`, `${pod.name} 发送 ${speaks}，直接到 ${to}，${out.zh}。`)
  const inside = tlsKinds[mesh.tls].carries
  return both(
    `${pod.name} sends ${speaks} to ${gateway.name}, ${inside.en}, and on to ${to}, ${out.en}.`,
    `${pod.name} 发送 ${speaks}，先到 ${gateway.name}，${inside.zh}，再到 ${to}，${out.zh}。`,
  )
}
