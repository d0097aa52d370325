/** A change of the picture over a person's own text: written into that text, or asked about. */
import type { Design } from '../core/design'
import type { Step } from './step'
import type { DialectId } from './store'

/** Writes what an edit of the design changes into the person's text; where that cannot be, asks (`State.question`). */
export function editOver(label: Step, next: (design: Design) => Design, step: string | null = null): void {
  void label
  void next
  void step
}

/** Another dialect over a person's text is a text printed anew: asks. */
export function askDialect(dialect: DialectId): void {
  void dialect
}
