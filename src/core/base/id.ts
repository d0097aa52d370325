/** What the user drew. Plain data: it is saved, shared, undone and compiled as it stands. */

export type Id = string
