/** A runbook as one shell script with three subcommands: apply, verify, cleanup. It looks before it acts, and may run again. */

import { slug } from '../base/slug'
import { both, type Lang, type Text } from '../base/text'
import { quoted } from '../compile/needs'
import type { Block, Step } from './chapters/kind'
import { heredoc, plainLine } from './chapters/shell'
import { appliedBy, claims, goneBy, isWriting, owning, texts } from './owned'
import type { Runbook } from './runbook'

/** The whole script in one language. Every name of the design is one quoted word or is in a quoted text: nothing of it is run. */
export function toScript(runbook: Runbook, lang: Lang): string {
  const blocks = (id: string | null, part: Step['part']): Block[] =>
    runbook.chapters
      .filter((chapter) => id === null || chapter.id === id)
      .flatMap((chapter) => chapter.blocks.filter(({ script }) => script?.part === part))
  const certificates = blocks('certificates', 'apply')
  const others = (...ids: string[]) => ids.flatMap((id) => blocks(id, 'apply'))
  const say = (key: keyof typeof words) => quoted(words[key][lang])
  const text = [
    head(runbook, lang),
    tools(certificates.length > 0, lang),
    looks(lang),
    owning(slug(runbook.title), lang),
    texts(others('apply')),
    checks(blocks(null, 'check'), lang),
    fn('claims', claims(others('apply'), lang)),
    fn('prepare', done(others('prepare'), lang)),
    inFolder(certificates, lang),
    fn('apply', done(others('apply'), lang)),
    fn('verify', [
      ...blocks(null, 'verify').map((block) => looked(block, lang)),
      `[ "$failures" -eq 0 ] || die ${say('unlike')}`,
      `say ${say('fine')}`,
    ]),
    cleanup(blocks('cleanup', 'cleanup'), lang),
    main(lang),
  ].join('\n\n')
  // A shell drops NUL, and what is on both of its sides would grow together.
  return `${text.replaceAll('\0', '\ufffd')}\n`
}

const words: Record<
  'usage' | 'context' | 'lacks' | 'noContext' | 'unready' | 'unlike' | 'fine' | 'wanted' | 'ended' | 'removes' | 'again' | 'ok' | 'quotes',
  Text
> = {
  usage: both('Usage: bash FILE apply | verify | cleanup [--yes]', '用法：bash FILE apply | verify | cleanup [--yes]'),
  context: both('kubectl speaks to: %s', 'kubectl 当前连接：%s'),
  lacks: both('This is missing on your machine: %s', '你的机器上缺少：%s'),
  noContext: both('kubectl has no context: choose a cluster first.', 'kubectl 没有 context：请先选择集群。'),
  unready: both('The cluster is not ready. Nothing was changed.', '集群尚未就绪。没有做任何改动。'),
  unlike: both('Something is not as expected.', '有结果与预期不符。'),
  fine: both('All is as expected.', '一切符合预期。'),
  wanted: both('missing: %s', '缺少：%s'),
  ended: both('exit status %s, not %s', '退出状态为 %s，应为 %s'),
  removes: both('This would be removed. To remove it, say: cleanup --yes', '将删除以下内容。要真正删除，请执行：cleanup --yes'),
  again: both(
    'It may run again: what is there already is left as it is, or becomes what is written here.',
    '可以重复执行：已有的对象保持不变，或更新为这里所写的内容。',
  ),
  ok: both('as expected', '符合预期'),
  quotes: both('Names are in single quotes so that nothing in them is expanded.', '名称写在单引号中，其中的内容不会被展开。'),
}

const head = ({ title, notes }: Runbook, lang: Lang): string =>
  [
    '#!/usr/bin/env bash',
    `# ${plainLine(title)}`,
    ...notes.map((note) => `# ${plainLine(note[lang])}`),
    `# ${words.usage[lang]}`,
    `# ${words.again[lang]}`,
    `# ${words.quotes[lang]}`,
    '# shellcheck disable=SC2016,SC1112',
    'set -euo pipefail',
    '',
    'failures=0',
    '',
    'say() { printf \'\\n== %s\\n\' "$1"; }',
    'die() {',
    '  printf \'\\n%s\\n\' "$1" >&2',
    '  exit 1',
    '}',
  ].join('\n')

const fn = (name: string, lines: readonly string[]): string => [`${name}() {`, ...(lines.length > 0 ? lines : [':']), '}'].join('\n')

const tools = (openssl: boolean, lang: Lang): string =>
  fn('tools', [
    '  local tool context',
    `  for tool in kubectl istioctl grep${openssl ? ' openssl' : ''}; do`,
    `    command -v "$tool" >/dev/null || die "$(printf ${quoted(words.lacks[lang])} "$tool")"`,
    '  done',
    `  context=$(kubectl config current-context) || die ${quoted(words.noContext[lang])}`,
    `  printf ${quoted(`${words.context[lang]}\\n`)} "$context"`,
  ])

/** The one place that runs a command and holds what it prints against what is expected. */
const looks = (lang: Lang): string =>
  [
    '# looks SAYS EXIT TRIES COUNT PATTERN... COMMAND...',
    'looks() {',
    '  local wanted=$2 tries=$3 count=$4 code output pattern missing',
    '  say "$1"',
    '  shift 4',
    '  local patterns=("${@:1:count}")',
    '  shift "$count"',
    '  while :; do',
    '    code=0',
    '    output=$("$@" </dev/null 2>&1) || code=$?',
    "    missing=''",
    '    for pattern in "${patterns[@]}"; do',
    '      grep -qE -e "$pattern" <<<"$output" || missing=$pattern',
    '    done',
    '    if [ "$code" -eq "$wanted" ] && [ -z "$missing" ]; then',
    `      printf '%s\\n' ${quoted(words.ok[lang])}`,
    '      return 0',
    '    fi',
    '    tries=$((tries - 1))',
    '    [ "$tries" -gt 0 ] || break',
    '    sleep 3',
    '  done',
    '  printf \'%s\\n\' "$output" >&2',
    `  [ "$code" -eq "$wanted" ] || printf ${quoted(`${words.ended[lang]}\\n`)} "$code" "$wanted" >&2`,
    `  [ -z "$missing" ] || printf ${quoted(`${words.wanted[lang]}\\n`)} "$missing" >&2`,
    '  failures=$((failures + 1))',
    '}',
  ].join('\n')

const sentence = ({ says }: Block, lang: Lang): string => quoted(plainLine(says[lang]))

/** Envoy writes its log after ten seconds at most; proxies hear of a change within a few. */
const triesWhenWaiting = 6

function looked(block: Block, lang: Lang): string {
  const { exit = 0, lines = (block.expect ?? '').split('\n'), answers, waits } = block.script ?? { part: 'check' }
  const patterns = lines.filter((line) => !/^…?$/.test(line.trim())).map((line) => patternOf(line, answers ?? false))
  const told = patterns.length > 0 ? patterns : ['']
  const numbers = `${exit} ${waits ? triesWhenWaiting : 1} ${told.length}`
  return `looks ${sentence(block, lang)} ${numbers} ${told.map(quoted).join(' ')} ${block.run}`
}

/** A line as an extended regular expression. */
function patternOf(line: string, answers: boolean): string {
  const pattern = line
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('…', '.*')
    // oxlint-disable-next-line no-control-regex -- grep takes a line end for another pattern
    .replace(/[\0-\x1f]/g, '.')
    .replace(/ +/g, ' +')
  return answers ? pattern.replace(/^(HTTP\S* \+)200.*$|(" \+)200/, '$1$2[23][0-9][0-9]') : pattern
}

/** What is only advice is looked at first, and forgotten. */
function checks(blocks: readonly Block[], lang: Lang): string {
  const lines = (advises: boolean) =>
    blocks.filter(({ script }) => (script?.advises ?? false) === advises).map((block) => looked(block, lang))
  return fn('checks', [...lines(true), 'failures=0', ...lines(false), `[ "$failures" -eq 0 ] || die ${quoted(words.unready[lang])}`])
}

function done(blocks: readonly Block[], lang: Lang): string[] {
  const writing = blocks.filter(isWriting)
  return blocks.flatMap((block) => [`say ${sentence(block, lang)}`, doneBy(block, writing.indexOf(block))])
}

function doneBy({ run, script }: Block, index: number): string {
  if (!script?.objects) return script?.run ?? run
  return index < 0 ? goneBy(script.objects) : appliedBy(index, script.objects)
}

/** Key material lies in a folder that nobody else can read. */
const inFolder = (blocks: readonly Block[], lang: Lang): string =>
  blocks.length === 0
    ? fn('certificates', [])
    : [
        'folder=${EGRESS_CERTIFICATES:-egress-certificates}',
        '',
        'certificates() (',
        '  umask 077',
        '  mkdir -p "$folder"',
        '  cd "$folder"',
        ...done(blocks, lang),
        ')',
      ].join('\n')

function cleanup(blocks: readonly Block[], lang: Lang): string {
  const shown = heredoc('cat', blocks.map(({ run }) => run).join('\n'))
  return fn('cleanup', ['if [ "$1" != --yes ]; then', `say ${quoted(words.removes[lang])}`, shown, 'return 0', 'fi', ...done(blocks, lang)])
}

const main = (lang: Lang): string =>
  [
    'case ${1:-} in',
    'apply)',
    '  tools',
    '  checks',
    '  claims',
    '  prepare',
    '  certificates',
    '  apply',
    '  ;;',
    'verify)',
    '  tools',
    '  verify',
    '  ;;',
    'cleanup)',
    '  tools',
    '  cleanup "${2:-}"',
    '  ;;',
    '*)',
    `  printf '%s\\n' ${quoted(words.usage[lang])} >&2`,
    '  exit 2',
    '  ;;',
    'esac',
  ].join('\n')
