/** The pickers and the badge that mends, which come after the first paint: whoever shows one asks here, and is told through the store when they are there. */
import type { ComponentType } from 'react'
import type { AppHop, WireHop } from '../core/model/design'
import type { Finding } from '../core/yaml/finding'
import { part } from '../store/state/part'

interface Pickers {
  TlsPicker: ComponentType<{ hop: WireHop }>
  SaysPicker: ComponentType<{ app: AppHop }>
  FixBadge: ComponentType<{ findings: readonly Finding[] }>
}

export const pickers = part<Pickers>('pickers')
