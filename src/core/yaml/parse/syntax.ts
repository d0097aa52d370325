/** What the parser of YAML stumbled over, in words that help. */
import { both, type Text } from '../../base/text'

/** The parser's own reasons, and what is mostly behind them. */
const reasons: readonly (readonly [RegExp, string, Text])[] = [
  [/tab characters must not be used/, 'Y-tab', both('Tabs cannot indent in YAML. Use spaces.', 'YAML 不能用制表符缩进。请改用空格。')],
  [
    /nesting exceeded maxDepth/,
    'Y-too-deep',
    both(
      'There are more than 100 nested levels here. That is refused: no Kubernetes object is so deep.',
      '这里嵌套超过 100 层，已拒绝：没有哪个 Kubernetes 对象这么深。',
    ),
  ],
  [
    /bad indentation of a mapping entry/,
    'Y-syntax',
    both(
      'The indentation does not fit: a key must begin in the column of its neighbours. A `: ` within a value needs quotes.',
      '缩进不对：键应与同级的键对齐。值里若含有 `: `，请加引号。',
    ),
  ],
  [
    /bad indentation of a sequence entry/,
    'Y-syntax',
    both('The indentation does not fit: a dash must be in the column of the other dashes.', '缩进不对：短横应与其他短横对齐。'),
  ],
  [
    /multiline key may not be an implicit key|expected ':' after a mapping key/,
    'Y-syntax',
    both(
      'Here is a key without its `:` between others. Add the colon, or fix the indentation of the line.',
      '这里的键缺少 `:`。请补上冒号，或修正这一行的缩进。',
    ),
  ],
  [
    /end of the stream or a document separator is expected/,
    'Y-syntax',
    both(
      'This comes after the end of the object. Look at the indentation, or put `---` between two documents.',
      '这一段在对象结束之后。请检查缩进，或在两个文档之间加上 `---`。',
    ),
  ],
  [
    /unexpected end of the stream within a (?:single|double) quoted|unexpected end of the document within/,
    'Y-syntax',
    both('The quotes that are open here are never closed.', '引号没有闭合。'),
  ],
  [
    /unexpected end of the stream within a flow collection/,
    'Y-syntax',
    both('A bracket is never closed: `]` or `}` is missing.', '括号没有闭合：缺少 `]` 或 `}`。'),
  ],
  [
    /missed comma between flow collection entries|expected the node content, but found ','/,
    'Y-syntax',
    both(
      'In brackets, entries are separated by one comma each: here one is missing, or one too many.',
      '括号里的各项之间应各有一个逗号：这里少了或多了。',
    ),
  ],
  [
    /a whitespace character is expected after the key-value separator/,
    'Y-syntax',
    both('A blank is missing behind the colon.', '冒号后面缺少空格。'),
  ],
  [
    /unknown escape sequence|expected hexadecimal character/,
    'Y-syntax',
    both(
      'This is no escape that YAML knows. Within double quotes write `\\\\` for a backslash, or use single quotes.',
      'YAML 没有这个转义。双引号里的反斜杠请写成 `\\\\`，或改用单引号。',
    ),
  ],
  [
    /non-printable characters|expected valid JSON character|null byte/,
    'Y-syntax',
    both(
      'There is a control character here that YAML does not allow. Delete it, or write it as an escape within double quotes.',
      '这里有 YAML 不允许的控制字符。请删去，或在双引号里用转义写出。',
    ),
  ],
  [
    /deficient indentation/,
    'Y-syntax',
    both('The lines of a text in quotes must be indented further than their key.', '引号中的多行文本，各行应比所属的键缩进更多。'),
  ],
  [
    /alias node|anchor node|duplication of an? /,
    'Y-syntax',
    both(
      'A `*` or `&` at the beginning of a value has a meaning in YAML. Put the value in quotes, such as "*.example.com".',
      '值以 `*` 或 `&` 开头时在 YAML 里有特殊含义。请加引号，例如 "*.example.com"。',
    ),
  ],
  [
    /tag/,
    'Y-syntax',
    both(
      'A `!` at the beginning of a value has a meaning in YAML. Put the value in quotes.',
      '值以 `!` 开头时在 YAML 里有特殊含义。请加引号。',
    ),
  ],
  [
    /directive/,
    'Y-syntax',
    both(
      'A `%` at the beginning of a line has a meaning in YAML, and kubectl does not read it. Remove the line, or put the value in quotes.',
      '行首的 `%` 在 YAML 里有特殊含义，而 kubectl 不读它。请删去这一行，或给值加引号。',
    ),
  ],
]

/** The rule and the sentence for a reason of the parser; `letter` is the character there. */
export function syntaxSaid(reason: string, letter: string): { rule: string; says: Text } {
  if (letter === '@' || letter === '`' || letter === '%')
    return {
      rule: 'Y-syntax',
      says: both(`No value can begin with \`${letter}\`. Put it in quotes.`, `值不能以 \`${letter}\` 开头。请加引号。`),
    }
  for (const [pattern, rule, says] of reasons) if (pattern.test(reason)) return { rule, says }
  return { rule: 'Y-syntax', says: both(`This is no valid YAML: ${reason}.`, `这里不是有效的 YAML：${reason}。`) }
}
