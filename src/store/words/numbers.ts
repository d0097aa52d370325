/** Counts as the language writes them: 1,033. Numbers that name something, such as ports and lines, are no counts. */
import { type Lang, plural } from '../../core/base/text'
import type { Counted } from '../../words/kind'
import { useDesigner } from '../state/use'
import { fill } from './words'

const formats: Record<Lang, Intl.NumberFormat> = { en: new Intl.NumberFormat('en'), zh: new Intl.NumberFormat('zh-CN') }

export const counted = (n: number, lang: Lang): string => formats[lang].format(n)

/** Writes counts in the language that is read. */
export function useCounted(): (n: number) => string {
  const lang = useDesigner((s) => s.lang)
  return (n) => counted(n, lang)
}

/** Writes a time, in milliseconds since 1970, in the language that is read; empty where none is known. */
export function useTime(): (at: number) => string {
  const lang = useDesigner((s) => s.lang)
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
  // A date has at most so many milliseconds (ECMA-262); a file may say more.
  return (at) => (at > 0 && at <= 8.64e15 ? format.format(at) : '')
}

/** Writes the size of what is stored, in the language that is read. */
export function useBytes(): (bytes: number) => string {
  const lang = useDesigner((s) => s.lang)
  const written = (value: number, unit: string) =>
    new Intl.NumberFormat(lang, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
  return (bytes) => (bytes < 1_000_000 ? written(bytes / 1000, 'kilobyte') : written(bytes / 1_000_000, 'megabyte'))
}

/** Says a counted sentence in the form that its language has for the count; further `{places}` are filled from `values`. */
export const sayCount = (lang: Lang, forms: Counted, n: number, values: Record<string, string | number> = {}): string =>
  fill(plural(lang, n, forms), { n: counted(n, lang), ...values })

export function useCount(): (forms: Counted, n: number, values?: Record<string, string | number>) => string {
  const lang = useDesigner((s) => s.lang)
  return (forms, n, values) => sayCount(lang, forms, n, values)
}
