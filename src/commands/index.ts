/** Every subcommand, in the order of `--help`. */
import { edit } from './edit'
import { examples } from './examples'
import { flow } from './flow'
import type { Command } from './kind'
import { lessons } from './lessons'
import { lint } from './lint'
import { picture } from './picture'
import { runbook } from './runbook'
import { trace } from './trace'
import { yaml } from './yaml'

export const commands: readonly Command[] = [yaml, examples, flow, lint, trace, edit, picture, runbook, lessons]
