/** What changes in a file, as `git diff` and `patch` know it. */
import { createTwoFilesPatch } from 'diff'

export const unified = (file: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3 }).replace(/^=+\n/, '')
