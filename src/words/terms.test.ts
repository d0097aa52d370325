/**
 * One word for one thing, in both languages: the words that are not used, in every sentence that the sources say, and what is said instead. Code
 * between backticks and what is filled in are no words of ours.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

type Term = [not: RegExp, instead: string]

const chinese: Term[] = [
  [/服务条目|服务入口|虚拟服务|目标规则/, 'ServiceEntry, VirtualService, DestinationRule'],
  [/子集/, 'subset'],
  [/端点/, 'endpoint'],
  [
    /(?:Gateway|网关)[里中]? ?的服务器|网关服务器|(?:HTTPS?|TLS) 服务器|没有(?:任何|哪个|一个)服务器|服务器的 ?`?hosts/,
    'server of a Gateway',
  ],
  [/集群名|集群（cluster）|集群 `outbound|没有(?:这个|对应的)集群|找不到集群|集群(?:和 SNI|为空)/, 'cluster of Envoy'],
  [/API (?:服务器|Server)/, 'API server'],
  [/过滤链/, '过滤器链'],
  [/追踪/, '推演'],
  [/应用(?:说|发出)/, '应用发送'],
  [/拨打/, '连接'],
  [/调用者/, '调用方'],
  [/TLS 里的 TLS|双重 TLS/, 'TLS 套 TLS'],
  [/直通/, '透传'],
  [/守卫|把守/, '网络策略'],
  [/过去与现在/, '今昔对照'],
  [/您/, '你'],
  [/线路?上/, '链路上'],
  [/添加流|条流(?!量)/, '添加路径'],
  [/Egress 网关/, '出口网关'],
  [/外部服务/, '主机, 外部主机'],
  [/(?<![\w/=.:*-])(?:pod|sidecar|namespace)(?![\w/=:.-])/, 'Pod, Sidecar, 命名空间'],
]

const english: Term[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\bl(?:ies?|ay) (?:in|at|beside|behind)\b/, 'is in'],
  [/\b(?:go|goes|went) by\b/, 'uses'],
  [/\btells? (?:it|this state|no|nothing|whether|where|which|what)\b|\btold (?:of|as|exactly)\b/, 'reports, says'],
  [/\bstands? (?:in(?! for)|on|at|below|under|beside|behind|twice|here|there|alone)\b/, 'is in'],
  [/\b(?:double TLS|TLS inside TLS)\b/i, 'TLS in TLS'],
]

const src = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|d)\.ts$/.test(file) && !/^(?:testing|schemas)\//.test(file))

const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g
const han = /\p{Script=Han}/u

/** The literals of a source, without code and without what is filled in. */
function sentencesIn(file: string): string[] {
  const source = readFileSync(join(src, file), 'utf8')
    .replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
  return [...source.matchAll(literal)]
    .map(([text]) => text.slice(1, -1).replaceAll('\\`', '`'))
    .map((text) => text.replace(/\$\{[^{}]*\}/g, '…'))
    .filter((text) => !text.includes('apiVersion:'))
}

const said = files.flatMap((file) => sentencesIn(file).map((text) => ({ file, text })))
const inChinese = said.filter(({ text }) => han.test(text))
const inEnglish = said.filter(({ text }) => !han.test(text) && /[a-z] [a-z]/.test(text))

/** Code is left out, but for a word that looks like the name of a cluster, which tells what the word before it means. */
const withoutCode = (text: string): string => text.replace(/`(?!outbound|hosts)[^`]*`/g, '…')

test('there is something to look at', () => {
  expect(inChinese.length).toBeGreaterThan(2000)
  expect(inEnglish.length).toBeGreaterThan(2000)
})

describe.each([
  ['Chinese', chinese, inChinese],
  ['English', english, inEnglish],
] as const)('%s', (_, terms, sentences) => {
  test.each(terms)('not %s: %s', (not) => {
    expect(sentences.filter(({ text }) => not.test(withoutCode(text))).map(({ file, text }) => `${file}: ${text.slice(0, 120)}`)).toEqual(
      [],
    )
  })
})
