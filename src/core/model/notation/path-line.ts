/** `[namespace/]pod SPEAKS[:port] -> [[namespace/]gateway MODE[:port] ->] host[:port] MODE [key=value ...]` */

import { both, type Text } from '../../base/text'
import type { TlsMode } from '../../istio/tls-mode'

import { type Call, defaultNamespace, type Leg, type Speaks, type TlsFields } from '../design'
import { type Complaint, checkHost, checkName, checkPort, type Field, shown } from '../field'
import { defaultGatewayNamespace, type Flow } from '../flow'
import { modesOn, tlsKinds, tlsModes } from '../tls'
import { readValues } from './values'
import { complained, missing, type Report, splitName, splitPort, type Word, wrong } from './words'

const speaks: readonly Speaks[] = ['HTTP', 'HTTPS', 'TCP']

/** A path line as a flow; null if it is wrong, after that was told. */
export function readPath(said: readonly Word[], report: Report): Flow | null {
  const parts: Word[][] = [[]]
  for (const word of said) {
    if (word.arrow) parts.push([])
    else parts.at(-1)?.push(word)
  }
  const last = said.at(-1)
  const [first = [], middle = [], end] = parts
  if (parts.length > 3) {
    const arrows = said.filter((word) => word.arrow)
    report(wrong(arrows[2] as Word, both('A path has at most three stops: pod, gateway, host.', '一条路最多三站：Pod、网关、主机。')))
    return null
  }
  if (!end && middle.length === 0) {
    report(missing(last, both('Expected a gateway or a host behind the arrow.', '箭头之后应为网关或主机。')))
    return null
  }
  const pod = readPod(first, said[0] as Word, report)
  const gateway = end ? readGateway(middle, said, report) : undefined
  const host = pod && readHost(end ?? middle, last, pod.call.speaks, report)
  if (!pod || !host || gateway === null) return null
  if (gateway && !fits(gateway.mode, gateway.tls, 'mesh', pod.call.speaks, report)) return null
  return {
    pod: pod.pod,
    call: pod.call,
    ...(gateway && {
      gateway: { namespace: gateway.namespace, name: gateway.name, tls: gateway.tls, ...(gateway.port && { port: gateway.port }) },
    }),
    ...host,
  }
}

const hopField: Field = {
  id: 'hop',
  type: 'number',
  title: both('', ''),
  help: both('', ''),
  check: (value) =>
    /^[1-9]\d{0,3}$/.test(value)
      ? null
      : { says: both('hop counts from 1: which of several hops that say the same.', 'hop 从 1 开始：表示多条相同的跳中的第几条。') },
}

function readPod(part: readonly Word[], start: Word, report: Report): { pod: { namespace: string; name: string }; call: Call } | null {
  const [who, said, ...more] = part
  if (!who) return told(report, { column: start.column, word: '', says: both('Expected a pod before the arrow.', '箭头之前应为 Pod。') })
  const pod = readName(who, defaultNamespace, report)
  if (!said)
    return told(
      report,
      missing(who, both('Expected what the app sends: HTTP, HTTPS or TCP.', '此处应写应用发送什么：HTTP、HTTPS 或 TCP。')),
    )
  const { name, port } = splitPort(said.text)
  const word = speaks.find((candidate) => candidate === name.toUpperCase())
  if (!word)
    return told(
      report,
      wrong(
        said,
        both(
          `"${shown(name)}" is not what an app sends: HTTP, HTTPS or TCP.`,
          `“${shown(name)}”不是应用发送的协议：应为 HTTP、HTTPS 或 TCP。`,
        ),
      ),
    )
  const number = readPort(said, port, report)
  if (number === null || !pod) return null
  if (word === 'TCP' && number === undefined)
    return told(report, wrong(said, both('TCP has no usual port: write TCP:5432.', 'TCP 没有默认端口：请写成 TCP:5432。')))
  if (more[0]) return told(report, wrong(more[0], both('Expected -> here.', '此处应为 ->。')))
  return { pod, call: { speaks: word, ...(number !== undefined && { port: number }) } }
}

function readGateway(part: readonly Word[], said: readonly Word[], report: Report) {
  const [who, mode, ...more] = part
  const arrow = said.filter((word) => word.arrow)[0]
  if (!who) return told(report, missing(arrow, both('Expected a gateway between the arrows.', '两个箭头之间应为网关。')))
  const name = readName(who, defaultGatewayNamespace, report)
  if (!mode)
    return told(
      report,
      missing(
        who,
        both(
          'Expected the mode of the hop to the gateway: DISABLE or ISTIO_MUTUAL.',
          '此处应写到网关这一跳的模式：DISABLE 或 ISTIO_MUTUAL。',
        ),
      ),
    )
  const tls = readMode(mode, 'mesh', report)
  if (!tls || !name) return null
  if (more[0]) return told(report, wrong(more[0], both('Expected -> here.', '此处应为 ->。')))
  return { ...name, tls: tls.tls, port: tls.port, mode }
}

function readHost(part: readonly Word[], last: Word | undefined, says: Speaks, report: Report): Pick<Flow, 'host' | 'wire' | 'hop'> | null {
  const [who, mode, ...values] = part
  if (!who) return told(report, missing(last, both('Expected a host behind the arrow.', '箭头之后应为主机。')))
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(who.text)
  const { name, port } = url ? { name: who.text, port: null } : splitPort(who.text)
  const complaint = checkHost(name)
  if (complaint) return told(report, wrong(who, complained(complaint)))
  const number = readPort(who, port, report)
  if (number === null) return null
  if (!mode)
    return told(
      report,
      missing(
        who,
        both(
          `Expected the mode of the hop outside: ${modesOn('outside').join(', ')}.`,
          `此处应写通往外部这一跳的模式：${modesOn('outside').join('、')}。`,
        ),
      ),
    )
  const tls = readMode(mode, 'outside', report)
  if (!tls || !fits(mode, tls.tls, 'outside', says, report)) return null
  if (tls.port !== undefined)
    return told(
      report,
      wrong(
        mode,
        both(`The port comes after the host: ${name}:${tls.port} ${tls.tls}.`, `端口写在主机之后：${name}:${tls.port} ${tls.tls}。`),
      ),
    )
  const read = readValues(values, [...tlsKinds[tls.tls].fields, hopField], report)
  if (!read) return null
  const { hop, ...fields } = read
  return {
    host: name,
    wire: { tls: tls.tls, ...(number !== undefined && { port: number }), fields: fields as TlsFields },
    ...(hop !== undefined && { hop: Number(hop) }),
  }
}

function readMode(word: Word, leg: 'mesh' | 'outside', report: Report): { tls: TlsMode; port: number | undefined } | null {
  const { name, port } = splitPort(word.text)
  const modes = modesOn(leg)
  const tls = tlsModes.find((mode) => mode === name.toUpperCase().replaceAll('-', '_'))
  const list = modes.join(', ')
  const where = leg === 'mesh' ? both('to a gateway', '到网关') : both('outside', '通往外部')
  if (!tls)
    return told(
      report,
      wrong(
        word,
        both(`"${shown(name)}" is no mode; ${where.en} there is ${list}.`, `“${shown(name)}”不是模式；${where.zh}可用 ${list}。`),
      ),
    )
  if (!modes.includes(tls))
    return told(
      report,
      wrong(
        word,
        both(`${tls} is not possible on a hop ${where.en}; there is ${list}.`, `${tls} 不能用于${where.zh}的一跳；可用 ${list}。`),
      ),
    )
  const number = readPort(word, port, report)
  return number === null ? null : { tls, port: number }
}

function fits(word: Word, tls: TlsMode, leg: Leg, says: Speaks, report: Report): boolean {
  const answer = tlsKinds[tls].fits(leg, says)
  if (answer !== true) report(wrong(word, answer))
  return answer === true
}

function readName(word: Word, otherwise: string, report: Report): { namespace: string; name: string } | null {
  const { namespace, name } = splitName(word.text)
  const complaint: Complaint | null = checkName(name) ?? (namespace === undefined ? null : checkName(namespace))
  if (complaint) return told(report, wrong(word, complained(complaint)))
  return { namespace: namespace ?? otherwise, name }
}

/** undefined: no port was written; null: a wrong one was, and told. */
function readPort(word: Word, text: string | null, report: Report): number | undefined | null {
  if (text === null) return undefined
  const complaint = checkPort(text)
  return complaint ? told(report, wrong(word, complaint.says as Text)) : Number(text)
}

function told(report: Report, problem: Parameters<Report>[0]): null {
  report(problem)
  return null
}
