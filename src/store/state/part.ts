/** A part of the app that comes after the first paint. The state holds it, so that whoever shows it is told when it is there. */
import { type State, store } from './store'

export interface Part<T> {
  /** Null until it is there. */
  of(state: State): T | null
  bring(value: T): void
}

export const part = <T>(name: string): Part<T> => ({
  of: (state) => (state.parts[name] as T | undefined) ?? null,
  bring: (value) => store.setState((state) => ({ parts: { ...state.parts, [name]: value } })),
})
