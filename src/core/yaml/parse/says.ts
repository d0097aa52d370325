/** The sentences of the reader of YAML: what is wrong, and what to do. */

import { both, type Text } from '../../base/text'
import type { Level } from '../finding'
import type { Remark } from './node'

const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value))

interface Sentence {
  level: Level
  says: (word: string, becomes: unknown) => Text
}

const sentences: Record<string, Sentence> = {
  'Y-duplicate': {
    level: 'warning',
    says: (key) =>
      both(
        `The map has the key \`${key}\` twice. kubectl takes the last one and says nothing. Remove one of them.`,
        `同一个映射里键 \`${key}\` 出现了两次。kubectl 只取最后一个，而且不作提示。请删去其中一个。`,
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
  'Y-star': {
    level: 'error',
    says: (name) => both(`A value that begins with \`*\` must be in quotes: "*${name}".`, `以 \`*\` 开头的值必须加引号："*${name}"。`),
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

Object.assign(sentences, {
  'Y-reads-key': {
    level: 'info',
    says: (word, becomes) =>
      both(
        `Kubernetes reads the key \`${word}\` as ${shown(becomes)}. Put it in quotes if the text is meant.`,
        `Kubernetes 会把键 \`${word}\` 读作 ${shown(becomes)}。如果要的是文本，请加上引号。`,
      ),
  },
  'Y-same-key': {
    level: 'warning',
    says: (key) =>
      both(
        `Two keys of this map both become \`${key}\`, and which of them counts is left to chance. Remove one.`,
        `这个映射里有两个键都会变成 \`${key}\`，以哪个为准全凭运气。请删去一个。`,
      ),
  },
  'Y-merged-twice': {
    level: 'warning',
    says: (key) =>
      both(
        `\`<<\` brings the key \`${key}\` and takes the place of the one above it. Write \`<<\` before the keys that shall count.`,
        `\`<<\` 带来的键 \`${key}\` 会取代上方已写的同名键。要以自己写的为准，请把 \`<<\` 写在它之前。`,
      ),
  },
  'Y-tag': {
    level: 'error',
    says: (tag) =>
      both(
        `What follows \`${tag}\` is nothing of the kind. Remove the tag or fix the value.`,
        `\`${tag}\` 后面的值不是这种类型。请删去标签，或修正值。`,
      ),
  },
  'Y-escape': {
    level: 'error',
    says: () => both('Kubernetes does not know the escape `\\/`: write `/`.', 'Kubernetes 不认识转义 `\\/`：请直接写 `/`。'),
  },
  'Y-long-key': {
    level: 'error',
    says: () => both('Kubernetes takes keys of at most 1,024 characters.', 'Kubernetes 的键最长 1,024 个字符。'),
  },
  'Y-tab': {
    level: 'error',
    says: () => both('Kubernetes refuses a tab where a line is indented. Use spaces.', 'Kubernetes 不接受用制表符缩进。请改用空格。'),
  },
  'Y-line-break': {
    level: 'warning',
    says: (code) =>
      both(
        `The invisible character ${code} ends a line for Kubernetes, and for nobody else. Delete it.`,
        `不可见字符 ${code} 在 Kubernetes 看来是换行，在别处则不是。请删去。`,
      ),
  },
  'Y-bomb': {
    level: 'error',
    says: () =>
      both(
        'Its aliases, written out, would make this document grow beyond all measure. It is refused, as Kubernetes refuses it.',
        '把别名展开后，这个文档会膨胀得不成样子。已拒绝，Kubernetes 也会拒绝。',
      ),
  },
} satisfies Record<string, Sentence>)

/** The level and sentence of a remark. */
export function said({ rule, word, becomes }: Remark): { level: Level; says: Text } {
  const sentence = sentences[rule]
  return sentence ? { level: sentence.level, says: sentence.says(word, becomes) } : { level: 'error', says: both(word, word) }
}
