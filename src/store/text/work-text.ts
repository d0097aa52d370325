/** The text of any work, as the editor would show it. */
import { compile } from '../../core/compile/compile'
import { type DialectId, dialects } from '../../core/compile/dialects'
import { print, textOf } from '../../core/compile/print'
import type { Design } from '../../core/model/design'
import type { Work } from '../../core/model/work'
import type { State } from '../state/store'

/** How a text is printed, as its reader has chosen it. */
type Style = Pick<State, 'dialect' | 'comments' | 'lang'>

export const textOfWork = ({ draft, design }: Work, style: Style): string => draft?.text ?? printedAs(design, style.dialect, style)

export const printedAs = (design: Design, dialect: DialectId, { comments, lang }: Omit<Style, 'dialect'>): string =>
  textOf(print(compile(design, dialects[dialect]), dialects[dialect], { comments, lang }))
