/** What is worked on: the picture, and the text if a person has written it. Both change together, so that one undo takes both back. */
import type { Design } from './design'

/**
 * A person's own text. `is` says how the picture stands to it: `typing`, it follows in a moment; `drawn`, it shows this text; `broken`, the
 * text cannot be read as a whole and the picture shows the last one that could.
 */
export interface Draft {
  text: string
  is: 'typing' | 'drawn' | 'broken'
}

export interface Work {
  design: Design
  /** Null: the text is printed from the design. */
  draft: Draft | null
}
