/** The only hook. */
import { useStore } from 'zustand'
import { type State, store } from './store'

/** Selects from the state; the selector must return the same object while nothing changed. */
export const useDesigner = <T>(select: (state: State) => T): T => useStore(store, select)
