/** How a "why" is written down: title and reason in both languages, and where more is said. */
import { both, type Text } from '../../base/text'

export interface Why {
  title: Text
  why: Text
  links: readonly string[]
}

export const why = (title: readonly [string, string], reason: readonly [string, string], ...links: readonly string[]): Why => ({
  title: both(...title),
  why: both(...reason),
  links,
})

export const issue = (number: number): string => `https://github.com/istio/istio/issues/${number}`
