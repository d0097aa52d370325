/** The part of the script that knows what it made: by a label of the design. Nothing else is written over or taken away. */

import { both, type Lang, type Text } from '../base/text'
import { quoted } from '../compile/needs'
import type { Block, Written } from './chapters/kind'
import { command } from './chapters/shell'

const words: Record<'taken' | 'change' | 'kept', Text> = {
  taken: both('It is there already, and this script did not make it: %s %s', '它已经存在，并且不是由本脚本创建：%s %s'),
  change: both(
    'The lines above show what would change there. Give your objects other names (`resource` in the flow notation), or remove those first. Nothing was changed.',
    '以上各行是将会发生的改动。请给你的对象换个名字（流程记法中的 `resource`），或先删除它们。没有做任何改动。',
  ),
  kept: both('Left as it is, since this script did not make it: %s %s', '保持原样，因为不是由本脚本创建：%s %s'),
}

const column = (label: string) => `.metadata.labels.app\\.kubernetes\\.io/${label}`
const columns = `custom-columns=M:${column('managed-by')},D:${column('part-of')},K:.kind,V:.apiVersion,N:.metadata.name`

/** Functions of the script: `claim`, `own` and `gone` take a namespace and names. `design` is the label's value. */
export const owning = (design: string, lang: Lang): string =>
  [
    `design=${quoted(design)}`,
    'ours=()',
    'others=()',
    'taken=()',
    '',
    '# sorts NAMESPACE KIND/NAME...: into those of this design, and others that are there',
    'sorts() {',
    '  local lines manager owner kind version name',
    `  lines=$(kubectl get \${1:+-n "$1"} "\${@:2}" --ignore-not-found --no-headers -o ${quoted(columns)})`,
    '  ours=()',
    '  others=()',
    '  while read -r manager owner kind version name; do',
    '    [ -n "$name" ] || continue',
    '    case $version in */*) kind=$kind.${version##*/}.${version%%/*} ;; esac',
    '    if [ "$manager $owner" = "egress-runbook $design" ]; then ours+=("$kind/$name"); else others+=("$kind/$name"); fi',
    '  done <<<"$lines"',
    '}',
    '',
    '# claim NAMESPACE KIND/NAME...: tells of those that somebody else made',
    'claim() {',
    '  local object',
    '  sorts "$@"',
    '  for object in "${others[@]+"${others[@]}"}"; do',
    '    taken+=("$1 $object")',
    `    printf ${quoted(`${words.taken[lang]}\\n`)} "$1" "$object" >&2`,
    '  done',
    '}',
    '',
    '# own NAMESPACE KIND/NAME...: marks what was made just now',
    'own() {',
    '  local object made=()',
    '  sorts "$@"',
    '  for object in "${others[@]+"${others[@]}"}"; do',
    '    case " ${taken[*]+"${taken[*]}"} " in *" $1 $object "*) ;; *) made+=("$object") ;; esac',
    '  done',
    '  [ "${#made[@]}" -eq 0 ] ||',
    '    kubectl label ${1:+-n "$1"} "${made[@]}" --overwrite app.kubernetes.io/managed-by=egress-runbook "app.kubernetes.io/part-of=$design"',
    '}',
    '',
    '# gone NAMESPACE KIND/NAME...: deletes those of this design',
    'gone() {',
    '  local object',
    '  sorts "$@"',
    '  for object in "${others[@]+"${others[@]}"}"; do',
    `    printf ${quoted(`${words.kept[lang]}\\n`)} "$1" "$object"`,
    '  done',
    '  [ "${#ours[@]}" -eq 0 ] || kubectl delete ${1:+-n "$1"} "${ours[@]}" --ignore-not-found',
    '}',
  ].join('\n')

const call = (word: string, written: readonly Written[]): string[] =>
  written.map(({ namespace, names }) => [word, quoted(namespace) || "''", command(...names)].join(' '))

/** Whether a block writes whole objects. */
export const isWriting = ({ script }: Block): boolean => script?.part === 'apply' && !!script.objects && !script.removes

/** The texts that are applied, each as a function whose argument is kubectl's subcommand. */
export const texts = (blocks: readonly Block[]): string =>
  blocks
    .filter(isWriting)
    .map(({ run }, index) => `objects_${index}() {\n${run.replace(/^kubectl apply/, 'kubectl "$1"')}\n}`)
    .join('\n\n')

/** Before anything is changed: what others made must be as it is written here. */
export function claims(blocks: readonly Block[], lang: Lang): string[] {
  const writing = blocks.filter(isWriting)
  if (writing.length === 0) return [':']
  return [
    'local differs=0',
    ...writing.flatMap(({ script }) => call('claim', script?.objects ?? [])),
    '[ "${#taken[@]}" -gt 0 ] || return 0',
    ...writing.map((_, index) => `objects_${index} diff || differs=1`),
    `[ "$differs" -eq 0 ] || die ${quoted(words.change[lang])}`,
  ]
}

/** How a block is applied, and what is marked then. */
export const appliedBy = (index: number, objects: readonly Written[]): string =>
  [`objects_${index} apply`, ...call('own', objects)].join('\n')

export const goneBy = (objects: readonly Written[]): string => call('gone', objects).join('\n')
