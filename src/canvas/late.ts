/** The pickers and the badge that mends, which come after the first paint: whoever shows one asks here, and is told through the store when they are there. */
import type { ComponentType } from 'react'
import type { AppHop, WireHop } from '../core/model/design'
import type { Finding } from '../core/yaml/finding'
import { store } from '../store/state/store'

interface Pickers {
  TlsPicker: ComponentType<{ hop: WireHop }>
  SaysPicker: ComponentType<{ app: AppHop }>
  FixBadge: ComponentType<{ findings: readonly Finding[] }>
}

let pickers: Pickers | null = null

export const tlsPicker = () => pickers?.TlsPicker ?? null
export const saysPicker = () => pickers?.SaysPicker ?? null
export const fixBadge = () => pickers?.FixBadge ?? null

export function bring(next: Pickers): void {
  pickers = next
  store.setState({})
}
