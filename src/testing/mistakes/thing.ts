/** An object as JSON has it, and who it is. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Thing = { [key: string]: Json }
export type Way = (string | number)[]

export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
export const metadataOf = (object: Thing): { [key: string]: Json } => (object.metadata ?? {}) as { [key: string]: Json }
export const nameOf = (object: Thing): string =>
  `${object.kind}/${String(metadataOf(object).namespace ?? 'default')}/${String(metadataOf(object).name)}`
