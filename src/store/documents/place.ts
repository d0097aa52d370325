/** Where the page keeps things: a database for documents, notes of a tab and of the browser, claims and calls between tabs. All of it is replaced in tests. */
import type { Id } from '../../core/base/id'
import type { History } from '../../core/model/history'
import type { Work } from '../../core/model/work'
import type { Channel } from './channel'

/** A storage that does not answer in this time counts as none. */
const silence = 8000

/** Small notes that a tab or the whole browser keeps; where they are forbidden there are none. */
export interface Memo {
  read(key: string): string | null
  write(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/** What is written under a key; null takes it away. */
export type Entry = readonly [key: string, value: unknown]

/** The browser's database: values by keys. Each call fails where the database fails. */
export interface Database {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  /** The keys that begin so, in their order. */
  keys(prefix: string): Promise<string[]>
  /** All whose keys begin so, in the order of their keys. */
  list(prefix: string): Promise<Entry[]>
  /** Takes all away. */
  clear(): Promise<void>
  /**
   * Reads these keys and writes what `decide` makes of their values, all in one transaction: no other tab comes between, and a browser that is
   * killed has all of it or nothing. Null writes nothing. Answers with what was written.
   */
  change(keys: readonly string[], decide: (values: readonly unknown[]) => readonly Entry[] | null): Promise<readonly Entry[] | null>
}

/** All that is outside. */
export interface Place {
  database: Database
  tab: Memo
  browser: Memo
  /**
   * Takes a document for this tab, and lets go of the one before; false if another tab has it, also after waiting. A tab that takes a lesson
   * goes on holding its own document, which it comes back to. `by force` takes it from a tab that does not answer.
   */
  claim(id: Id, wait: number, how?: 'by force'): Promise<boolean>
  /** Lets go of this document, so that another tab can take it. */
  release(id: Id): void
  channel: Channel
  /** Which save of a document this tab has read or made (`stampOf`); none: it has not seen it saved. */
  known: Map<Id, string>
  /** Histories of documents that this tab had open, for Undo when it comes back to them (`histories.ts`). */
  histories: Map<Id, History<Work>>
  /** This page, among all that save. */
  self: string
  /** How many milliseconds to wait for a document that this tab had open before. */
  patience: number
  newId(): Id
  /** Milliseconds since 1970, as the machine tells them: it may be wrong, and nothing but what people read depends on it. */
  now(): number
  /** Calls back when the page may be about to go. */
  onLeave(run: () => void): () => void
  /** The browser asks before it leaves the page, as long as `run` says so. */
  askOnLeave(run: () => boolean): () => void
  /** Names the tab: the name is followed by that of the product. */
  title(name: string): void
  /** The part of the address behind `#`, with it. `push` makes an entry that Back leaves; `onChange` calls back when somebody else writes there. */
  address: { read(): string; write(hash: string): void; push(hash: string): void; onChange(run: () => void): () => void }
}

let current: Place | null = null

/** From now on this is where the page keeps things. */
export const settleAt = (place: Place): void => {
  current = place
}
/** Where the page keeps things; before it has begun there is nothing. */
export const here = (): Place | null => current

/** Fails where there is no answer for long. */
export function inTime<T>(answer: Promise<T>): Promise<T> {
  return Promise.race([answer, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('The storage does not answer.')), silence))])
}
