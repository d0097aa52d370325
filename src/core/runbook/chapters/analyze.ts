/** What `istioctl analyze` says, with its known false alarms, and what `istioctl proxy-config` shows of these very objects (istio/README 6, 10). */
import type { Foretold } from '../../analyze/foretold'
import { both, type Text } from '../../base/text'
import type { Block, Chapter, Subject } from './kind'
import { proxyChecks } from './proxy-checks'
import { command } from './shell'

export const analyze: Chapter = {
  id: 'analyze',
  title: both('Analyze, and what proxies have', '分析配置，查看代理'),
  says: both(
    '“istioctl analyze” finds names that lead nowhere; most mistakes of egress it does not know. What a proxy really has, “istioctl proxy-config” shows.',
    '“istioctl analyze” 能找出对不存在对象的引用，但出口流量方面的大多数错误它发现不了。代理实际拿到了什么配置，用 “istioctl proxy-config” 查看。',
  ),
  blocks: (of) => (of.resources.length === 0 ? [] : [...namespacesOf(of).map((name) => analyzed(of, name)), ...proxyChecks(of)]),
}

/** Namespaces that hold objects which analyze looks at. */
const namespacesOf = ({ resources }: Subject): string[] => [
  ...new Set(resources.filter(({ group }) => group.endsWith('istio.io')).map(({ namespace }) => namespace)),
]

const levels = { error: 'Error', warning: 'Warning', info: 'Info' } as const

function analyzed({ foretold }: Subject, namespace: string): Block {
  const mine = foretold.filter(({ at, unsure }) => at.of.namespace === namespace && !unsure)
  const lines = mine.map(({ code, level, at: { of } }) => `${levels[level]} [${code}] (${of.kind} ${of.namespace}/${of.name}) …`)
  return {
    says: mine.length === 0 ? both(`It finds nothing wrong in ${namespace}.`, `${namespace} 中没有发现问题。`) : explained(mine),
    run: command('istioctl', 'analyze', '-n', namespace),
    expect: lines.length === 0 ? `✔ No validation issues found when analyzing namespace: ${namespace}.` : [...new Set(lines)].join('\n'),
  }
}

/** Each code once: why it is harmless, or what it says. */
function explained(mine: readonly Foretold[]): Text {
  const codes = [...new Map(mine.map((each) => [each.code, each])).values()]
  return both(
    codes
      .map(({ code, says, falseAlarm }) => (falseAlarm ? `${code} is a false alarm: ${falseAlarm.en}` : `${code}: ${says.en}`))
      .join(' '),
    codes.map(({ code, says, falseAlarm }) => (falseAlarm ? `${code} 是误报：${falseAlarm.zh}` : `${code}：${says.zh}`)).join(''),
  )
}
