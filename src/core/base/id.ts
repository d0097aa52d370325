/** What the user drew. Plain data: it is saved, shared, undone and compiled as it is. */

export type Id = string
