/** The sentences of the reader of YAML: what is wrong, and what to do. */
import type { Level } from '../finding'
import { both, type Text } from '../text'
import type { Remark } from './node'

const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value))

interface Sentence {
  level: Level
  says: (word: string, becomes: unknown) => Text
}

const sentences: Record<string, Sentence> = {
  'Y-duplicate': {
    level: 'error',
    says: (key) =>
      both(
        `The key \`${key}\` stands twice in one map. kubectl refuses that; without strict reading the last one counts. Remove one of them.`,
        `同一个映射里键 \`${key}\` 出现了两次。kubectl 会拒绝；不严格读取时以最后一个为准。请删去其中一个。`,
      ),
  },
  'Y-reads': {
    level: 'info',
    says: (word, becomes) =>
      both(
        `Kubernetes reads \`${word}\` as ${shown(becomes)}. Put it in quotes if the text is meant.`,
        `Kubernetes 会把 \`${word}\` 读作 ${shown(becomes)}。如果要的是文本，请加上引号。`,
      ),
  },
  'Y-infinite': {
    level: 'error',
    says: (word) =>
      both(
        `Kubernetes refuses \`${word}\`: JSON has no such number. Write a finite number, or put it in quotes.`,
        `Kubernetes 拒绝 \`${word}\`：JSON 里没有这样的数。请写一个有限的数，或加上引号。`,
      ),
  },
  'Y-alias-unknown': {
    level: 'error',
    says: (name) =>
      both(
        `\`*${name}\` names an anchor that this document does not have above. Write \`&${name}\` at the value that is meant.`,
        `\`*${name}\` 引用的锚点在本文档前面并不存在。请在所指的值上写 \`&${name}\`。`,
      ),
  },
  'Y-alias-itself': {
    level: 'error',
    says: (name) =>
      both(`The anchor \`&${name}\` contains itself. Write the value out.`, `锚点 \`&${name}\` 包含了它自己。请把值直接写出来。`),
  },
  'Y-merge': {
    level: 'error',
    says: () => both('`<<` can only take maps in. Give it an alias of a map.', '`<<` 只能并入映射。请给它一个映射的别名。'),
  },
  'Y-key': {
    level: 'error',
    says: (word) =>
      both(
        `\`${word}\` cannot be a key: Kubernetes takes texts, numbers and booleans only.`,
        `\`${word}\` 不能作键：Kubernetes 只接受文本、数字和布尔值。`,
      ),
  },
}

/** The level and sentence of a remark. */
export function said({ rule, word, becomes }: Remark): { level: Level; says: Text } {
  const sentence = sentences[rule]
  return sentence ? { level: sentence.level, says: sentence.says(word, becomes) } : { level: 'error', says: both(word, word) }
}
