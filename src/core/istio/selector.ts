import { own } from '../base/collect'
import type { Labels } from '../base/labels'
import type { Selector } from './mesh'

type Pairs = Readonly<Record<string, unknown>>

/** Whether labels hold all that is wanted; nothing wanted fits everything (Istio `labels.Instance.SubsetOf`). */
export const fits = (wanted: Pairs | null, labels: Pairs): boolean =>
  wanted === null || Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)

export const selects = ({ labels, expressions }: Selector, of: Labels): boolean =>
  fits(labels, of) &&
  expressions.every(({ key, operator, values }) => {
    const value = own(of, key)
    if (operator === 'In') return value !== undefined && values.includes(value)
    if (operator === 'NotIn') return value === undefined || !values.includes(value)
    return operator === 'Exists' ? value !== undefined : operator === 'DoesNotExist' ? value === undefined : true
  })
