/** What a subcommand may ask of the outside; `cli.ts` alone touches files and the process. */
export interface Input {
  /** The text of a file, `-` for standard input; or a sentence why it cannot be read. */
  read(file: string): { text: string } | { problem: string }
}

export interface Output {
  out: string
  err: string
  /** 0: done; 1: the design has an error; 2: bad usage; 3: nothing was to be done. */
  code: 0 | 1 | 2 | 3
  /** Files to be written. */
  files?: readonly { name: string; text: string }[]
}

/** A subcommand: a pure function of its arguments and its input. */
export interface Command {
  name: string
  usage: string
  says: string
  run(args: readonly string[], input: Input): Output
}
