/** Counts as the language writes them: 1,033. Numbers that name something, such as ports and lines, are no counts. */
import type { Lang } from '../../core/base/text'
import { useDesigner } from '../state/use'

const formats: Record<Lang, Intl.NumberFormat> = { en: new Intl.NumberFormat('en'), zh: new Intl.NumberFormat('zh-CN') }

export const counted = (n: number, lang: Lang): string => formats[lang].format(n)

/** Writes counts in the language that is read. */
export function useCounted(): (n: number) => string {
  const lang = useDesigner((s) => s.lang)
  return (n) => counted(n, lang)
}
