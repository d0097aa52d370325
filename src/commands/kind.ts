/** What a subcommand may ask of the outside; `cli.ts` alone touches files and the process. */
export interface Input {
  /** The text of a file, `-` for standard input; or a sentence why it cannot be read. */
  read(file: string): { text: string } | { problem: string }
}

export interface Output {
  out: string
  err: string
  /** 0: done; 1: the design has an error; 2: bad usage. */
  code: 0 | 1 | 2
}

/** A subcommand: a pure function of its arguments and its input. */
export interface Command {
  name: string
  usage: string
  says: string
  run(args: readonly string[], input: Input): Output
}
