/** Every dialect, in the order of the picker. */
import { istioV1 } from './istio-v1'
import { istioV1alpha3 } from './istio-v1alpha3'
import type { Dialect } from './kind'

export const dialects: Record<'istio-v1' | 'istio-v1alpha3', Dialect> = { 'istio-v1': istioV1, 'istio-v1alpha3': istioV1alpha3 }

export type DialectId = keyof typeof dialects
