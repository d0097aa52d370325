/**
 * The only memory of this tree: each function here gives one that remembers what another made of the same inputs. The inputs are values that
 * nobody changes, so that to remember saves work and can never change a result. What is remembered of an object goes when the object goes.
 */

/** Remembers for each object what was made of it. */
export function memo<I extends object, O>(make: (input: I) => O): (input: I) => O {
  const made = new WeakMap<I, { output: O }>()
  return (input) => {
    const before = made.get(input) ?? { output: make(input) }
    made.set(input, before)
    return before.output
  }
}

/** Remembers for each object and each second input, of which one object should see few, what was made of the two. */
export function memoBy<I extends object, B, O>(make: (input: I, by: B) => O): (input: I, by: B) => O {
  const made = memo<I, Both<B, { output: O }>>(() => new Both())
  return (input, key) => {
    const known = made(input)
    const before = known.get(key) ?? { output: make(input, key) }
    known.set(key, before)
    return before.output
  }
}

/** Remembers for each key, such as a name or a number, what was made of it; whoever holds the function holds what it remembers. */
export function memoKeyed<K, O>(make: (key: K) => O): (key: K) => O {
  const made = new Map<K, { output: O }>()
  return (key) => {
    const known = made.get(key) ?? { output: make(key) }
    made.set(key, known)
    return known.output
  }
}

/** A map that holds its keys weakly where they are objects. */
class Both<K, V> {
  private readonly objects = new WeakMap<object, V>()
  private readonly plain = new Map<K, V>()

  get(key: K): V | undefined {
    return isObject(key) ? this.objects.get(key) : this.plain.get(key)
  }

  set(key: K, value: V): void {
    if (isObject(key)) this.objects.set(key, value)
    else this.plain.set(key, value)
  }
}

const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function'

/** Remembers what was made last; the inputs are compared by identity. */
export function memoLast<I extends readonly unknown[], O>(make: (...inputs: I) => O): (...inputs: I) => O {
  let last: { inputs: I; output: O } | null = null
  return (...inputs) => {
    if (!last || !same(last.inputs, inputs)) last = { inputs, output: make(...inputs) }
    return last.output
  }
}

/** Remembers for each object what was made of it last; the other inputs are compared by identity. */
export function memoLastBy<I extends object, R extends readonly unknown[], O>(
  make: (input: I, ...rest: R) => O,
): (input: I, ...rest: R) => O {
  const of = memo((input: I) => memoLast((...rest: R) => make(input, ...rest)))
  return (input, ...rest) => of(input)(...rest)
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((input, index) => Object.is(input, b[index]))

/**
 * Remembers what was made of texts: at least the `most` that were asked for last, at most twice as many. `knows` tells whether one is
 * remembered.
 */
export function memoText<O>(most: number, make: (text: string) => O): ((text: string) => O) & { knows(text: string): boolean } {
  let recent = new Map<string, O>()
  let older = new Map<string, O>()
  const keep = (text: string, output: O): O => {
    if (recent.size >= most) {
      older = recent
      recent = new Map()
    }
    recent.set(text, output)
    return output
  }
  const of = (text: string): O => {
    const known = recent.get(text)
    if (known !== undefined) return known
    const before = older.get(text)
    if (before !== undefined) return keep(text, before)
    const own = flat(text)
    return keep(own, make(own))
  }
  return Object.assign(of, { knows: (text: string) => recent.has(text) || older.has(text) })
}

/** A copy of its own: a part of a text would hold all of that text as long as it is remembered. */
const flat = (part: string): string => JSON.parse(JSON.stringify(part)) as string

/** Makes something once, when it is first asked for; a promise that fails is forgotten, so that the next time tries again. */
export function once<O>(make: () => O): () => O {
  let made: { output: O } | null = null
  return () => {
    if (!made) {
      const mine = { output: make() }
      made = mine
      if (mine.output instanceof Promise)
        mine.output.catch(() => {
          if (made === mine) made = null
        })
    }
    return made.output
  }
}
