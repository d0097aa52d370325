/** Arguments of a subcommand: positional ones, and options with or without a value. */

export interface Args {
  files: string[]
  values: Record<string, string[]>
  flags: Set<string>
}

/** Reads arguments; a sentence where one is unknown or lacks its value. `--key=value` and `--key value` are the same. */
export function readArgs(
  args: readonly string[],
  known: { values: readonly string[]; flags: readonly string[] },
): Args | { problem: string } {
  const found: Args = { files: [], values: {}, flags: new Set() }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string
    if (arg === '-' || !arg.startsWith('-')) {
      found.files.push(arg)
      continue
    }
    const equals = arg.indexOf('=')
    const key = (equals === -1 ? arg : arg.slice(0, equals)).replace(/^--?/, '')
    if (known.flags.includes(key) && equals === -1) found.flags.add(key)
    else if (known.values.includes(key)) {
      const value = equals === -1 ? args[++index] : arg.slice(equals + 1)
      if (value === undefined) return { problem: `--${key} needs a value.` }
      found.values[key] = [...(found.values[key] ?? []), value]
    } else {
      const all = [...known.values, ...known.flags].map((name) => `--${name}`).join(', ')
      return { problem: `${arg} is unknown; known are ${all}.` }
    }
  }
  return found
}
