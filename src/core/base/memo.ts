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

/** Remembers what was made last. Inputs are the same where they are identical, or lists of identical items. */
export function memoLast<I extends readonly unknown[], O>(make: (...inputs: I) => O): (...inputs: I) => O {
  let last: { inputs: I; output: O } | null = null
  return (...inputs) => {
    if (!last || !same(last.inputs, inputs)) last = { inputs, output: make(...inputs) }
    return last.output
  }
}

/** The same where each answer is made from the one before (null at first), so that parts of it may stay the same objects. */
export function continued<I extends readonly unknown[], O>(make: (before: O | null, ...inputs: I) => O): (...inputs: I) => O {
  let before: O | null = null
  return memoLast((...inputs: I) => {
    before = make(before, ...inputs)
    return before
  })
}

/** Remembers for each object what was made of it last, while the other inputs are the same. */
export function memoLastBy<I extends object, R extends readonly unknown[], O>(
  make: (input: I, ...rest: R) => O,
): (input: I, ...rest: R) => O {
  const of = memo((input: I) => memoLast((...rest: R) => make(input, ...rest)))
  return (input, ...rest) => of(input)(...rest)
}

const identical = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => Object.is(item, b[index]))

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length &&
  a.every((input, index) => {
    const other = b[index]
    return Object.is(input, other) || (Array.isArray(input) && Array.isArray(other) && identical(input, other))
  })

/** Gives for each object the value of before while the new one is alike, so that what was made of it stays good. */
export function settled<I extends object, V>(alike: (before: V, now: V) => boolean): (of: I, now: V) => V {
  const last = new WeakMap<I, V>()
  return (of, now) => {
    const before = last.get(of)
    if (before !== undefined && alike(before, now)) return before
    last.set(of, now)
    return now
  }
}

/**
 * Remembers what was made of texts: at least the `most` that were asked for last, at most twice as many. `knows` tells whether one is
 * remembered. `own` makes a copy of a text that is a part of a longer one, which would be held with it.
 */
export function memoText<O>(
  most: number,
  make: (text: string) => O,
  own: (text: string) => string = (text) => text,
): ((text: string) => O) & { knows(text: string): boolean } {
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
    const copy = own(text)
    return keep(copy, make(copy))
  }
  return Object.assign(of, { knows: (text: string) => recent.has(text) || older.has(text) })
}

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
