/** What a person does to the text. Loaded with the editor, never with the first paint. */
import type { Fix } from '../core/document'

/** A keystroke: the text is the person's now; the picture follows after a pause. */
export function type(text: string): void {
  void text
}

/** The picture follows at once: on blur and on Ctrl+S. */
export function settle(): void {}

/** Mends what a finding speaks of, as one step. */
export function applyFix(fix: Fix): void {
  void fix
}

/** Reads YAML of any mix, and shows what it is before it is taken over (`State.incoming`). */
export async function importText(from: string | readonly File[]): Promise<void> {
  void from
}

/** Takes over what was read; undo brings the old work back. */
export function accept(): void {}
/** Leaves it. */
export function decline(): void {}

/** The text is printed from the picture again; undo brings the person's text back. */
export function reprint(): void {}

/** The text as it was before the person typed: the same as `reprint` where the picture follows. */
export function dropDraft(): void {}
