/** Asks a rule of a CRD, written in CEL, of a value: what the API server looks at beside the schema. */

import { isIP } from '../base/ip'
import { type Block, blockOf, contains } from '../base/ip-block'
import { isMap } from '../base/loose'
import { type Cel, readCel } from './cel-read'

type Scope = ReadonlyMap<string, unknown>

/** What `type` answers, by the name that a rule compares it with. */
const types: readonly [string, unknown][] = ['int', 'string'].map((name) => [name, name])

const trees = new Map<string, Cel>()

/**
 * Whether a value obeys a rule. As in the API server a rule that cannot be answered, since a field it needs is missing or a duration is none,
 * is not obeyed. Rules that compare with the object as it was before have nothing to look at here and are obeyed.
 */
export function obeys(rule: string, self: unknown): boolean {
  if (/\boldSelf\b/.test(rule)) return true
  let tree = trees.get(rule)
  if (!tree) {
    tree = readCel(rule)
    trees.set(rule, tree)
  }
  try {
    return asked(tree, new Map([...types, ['self', self]])) === true
  } catch {
    return false
  }
}

function asked(cel: Cel, scope: Scope): unknown {
  switch (cel.is) {
    case 'value':
      return cel.value
    case 'name':
      return scope.get(cel.name)
    case 'list':
      return cel.items.map((item) => asked(item, scope))
    case 'field':
      return fieldOf(asked(cel.of, scope), cel.name)
    case 'index':
      return fieldOf(asked(cel.of, scope), asked(cel.at, scope))
    case 'unary':
      return cel.by === '!' ? !truth(asked(cel.of, scope)) : -(asked(cel.of, scope) as number)
    case 'choice':
      return truth(asked(cel.when, scope)) ? asked(cel.yes, scope) : asked(cel.no, scope)
    case 'binary':
      return cel.by === '&&' || cel.by === '||' ? joined(cel, scope) : compared(cel.by, asked(cel.left, scope), asked(cel.right, scope))
    case 'call':
      return called(cel, scope)
  }
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Error('no bool')
  return value
}

function fieldOf(value: unknown, key: unknown): unknown {
  if (Array.isArray(value) && typeof key === 'number' && key in value) return value[key]
  if (isMap(value) && typeof key === 'string' && Object.hasOwn(value, key)) return value[key]
  throw new Error(`no such key: ${String(key)}`)
}

/** `false && x` is false whatever x is, even where x cannot be answered; and the other way round. */
function joined({ by, left, right }: Extract<Cel, { is: 'binary' }>, scope: Scope): boolean {
  const decides = by === '||'
  let first: boolean
  try {
    first = truth(asked(left, scope))
  } catch (error) {
    if (truth(asked(right, scope)) === decides) return decides
    throw error
  }
  return first === decides ? decides : truth(asked(right, scope))
}

function compared(by: string, a: unknown, b: unknown): unknown {
  if (by === '==') return same(a, b)
  if (by === '!=') return !same(a, b)
  if (by === 'in') return Array.isArray(b) ? b.some((one) => same(a, one)) : isMap(b) && Object.hasOwn(b, String(a))
  if (by === '+' && Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
  if (by === '+' && typeof a === 'string') return a + String(b)
  const [x, y] = [a as number, b as number]
  if (typeof x !== typeof y || (typeof x !== 'number' && typeof x !== 'string')) throw new Error('no such overload')
  return { '<': x < y, '<=': x <= y, '>': x > y, '>=': x >= y, '+': x + y, '-': x - y, '*': x * y, '/': Math.trunc(x / y), '%': x % y }[by]
}

const same = (a: unknown, b: unknown): boolean => a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))

const macros = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])

function called(cel: Extract<Cel, { is: 'call' }>, scope: Scope): unknown {
  if (cel.of === null && cel.name === 'has') return has(cel.args[0], scope)
  if (cel.of !== null && macros.has(cel.name)) return macro(cel, scope)
  const args = cel.args.map((arg) => asked(arg, scope))
  const functionOf = Object.hasOwn(functions, cel.name) ? functions[cel.name] : undefined
  if (!functionOf) throw new Error(`no such function: ${cel.name}`)
  return cel.of === null ? functionOf(...args) : functionOf(asked(cel.of, scope), ...args)
}

function has(field: Cel | undefined, scope: Scope): boolean {
  if (field?.is !== 'field') throw new Error('has() takes a field')
  const of = asked(field.of, scope)
  return isMap(of) && Object.hasOwn(of, field.name)
}

function macro({ of, name, args }: Extract<Cel, { is: 'call' }>, scope: Scope): unknown {
  const [variable, body] = args
  const range = asked(of as Cel, scope)
  if (variable?.is !== 'name' || !body) throw new Error('macro')
  const items = Array.isArray(range) ? range : isMap(range) ? Object.keys(range) : null
  if (!items) throw new Error('no range')
  const ask = (item: unknown) => asked(body, new Map([...scope, [variable.name, item]]))
  if (name === 'filter') return items.filter((item) => truth(ask(item)))
  if (name === 'map') return items.map(ask)
  if (name === 'exists_one') return items.filter((item) => truth(ask(item))).length === 1
  return decided(items, (item) => truth(ask(item)), name === 'exists')
}

/** One answer decides; only where none does, one that could not be given counts. */
function decided(items: readonly unknown[], ask: (item: unknown) => boolean, by: boolean): boolean {
  let failure: unknown = null
  for (const item of items)
    try {
      if (ask(item) === by) return by
    } catch (error) {
      failure = error
    }
  if (failure) throw failure
  return !by
}

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error('no string')
  return value
}

const functions: Record<string, (...args: unknown[]) => unknown> = {
  size: (of) => (typeof of === 'string' ? [...of].length : Array.isArray(of) ? of.length : Object.keys(of as object).length),
  contains: (of, part) => text(of).includes(text(part)),
  startsWith: (of, part) => text(of).startsWith(text(part)),
  endsWith: (of, part) => text(of).endsWith(text(part)),
  matches: (of, pattern) => goPattern(text(pattern)).test(text(of)),
  substring: (of, from, to) => substring(text(of), from as number, to as number | undefined),
  split: (of, by) => text(of).split(text(by)),
  duration: (of) => nanoseconds(text(of)),
  int: (of) => {
    if (!/^[-+]?\d+$/.test(String(of))) throw new Error('no int')
    return Number(of)
  },
  // `format.dns1123Subdomain().validate(x)` gives what is wrong with x, or nothing (`k8s.io/apiserver/pkg/cel/library/format.go`).
  dns1123Subdomain: () => /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  validate: (format, of) => (format as RegExp).test(text(of)),
  hasValue: (valid) => valid === false,
  isIP: (of) => isAddress(text(of)),
  isURL: (of) => URL.canParse(text(of)) || text(of).startsWith('/'),
  url: (of) => (URL.canParse(text(of)) ? new URL(text(of)).protocol.slice(0, -1) : fail()),
  getScheme: (of) => of,
  string: (of) => String(of),
  cidr: (of) => blockOf(text(of)) ?? fail(),
  containsCIDR: (of, inner) => contains(of as Block, blockOf(text(inner)) ?? fail()),
  prefixLength: (of) => (of as Block).length,
  quantity: (of) => quantityOf(String(of)),
  isGreaterThan: (of, other) => (of as number) > (other as number),
  type: (of) => (typeof of === 'number' ? 'int' : typeof of),
}

function fail(): never {
  throw new Error('not of its form')
}

function substring(of: string, from: number, to = of.length): string {
  if (from < 0 || to < from || to > of.length) throw new Error('index out of range')
  return of.slice(from, to)
}

/** Kubernetes takes no IPv4 address that is written as one of IPv6 (`k8s.io/apiserver/pkg/cel/library/ip.go`). */
const isAddress = (of: string): boolean => isIP(of) && !(of.includes(':') && of.includes('.'))

/** Go's patterns may switch to ignoring case inside. */
export function goPattern(pattern: string): RegExp {
  const plain = pattern.replaceAll('(?i)', '')
  return new RegExp(plain, plain === pattern ? 'u' : 'iu')
}

const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']

/** An amount as Kubernetes writes it: `100m`, `1.5Gi`, `1e3` (k8s.io/apimachinery, pkg/api/resource/quantity.go). */
function quantityOf(of: string): number {
  const [, number = '', power, suffix = ''] = /^([+-]?[\d.]+)(?:[eE]([+-]?\d+)|([KMGTPE]i|[numkMGTPE])?)$/.exec(of.trim()) ?? fail()
  if (power) return Number(number) * 10 ** Number(power)
  return Number(number) * (suffix.endsWith('i') ? 1024 ** ' KMGTPE'.indexOf(suffix[0] ?? '') : 1000 ** (suffixes.indexOf(suffix) - 3))
}

const units: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 }

/** A duration as Go reads it: `1h30m`, `1.5s`, `0`; throws on anything else. */
export function nanoseconds(of: string): number {
  const [, sign = '', rest = ''] = /^([-+]?)(.*)$/s.exec(of) ?? []
  if (rest === '0') return 0
  const parts = [...rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== rest) throw new Error('no duration')
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (units[unit ?? ''] ?? 0), 0)
  return sign === '-' ? -sum : sum
}
