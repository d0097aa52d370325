/** What lies between two texts, and between their pictures where both have one. */
import type { Design } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import type { State } from '../../store/state/store'
import { textOfWork } from '../../store/text/work-text'
import { Changes } from './Changes'
import { Picture } from './Picture'

export interface Sides {
  before: string
  after: string
  was: Design | null
  is: Design | null
}

export const sidesOfWorks = (was: Work, is: Work, style: Pick<State, 'dialect' | 'comments' | 'lang'>): Sides => ({
  before: textOfWork(was, style),
  after: textOfWork(is, style),
  was: was.design,
  is: is.design,
})

export function Between({ sides: { before, after, was, is } }: { sides: Sides }) {
  return (
    <>
      <Changes before={before} after={after} />
      {was && is && <Picture before={was} after={is} />}
    </>
  )
}
