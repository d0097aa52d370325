/** Every chapter, in the order in which they are followed. */
import { analyze } from './analyze'
import { apply } from './apply'
import { certificates } from './certificates'
import { cleanup } from './cleanup'
import type { Chapter } from './kind'
import { logs } from './logs'
import { prepare } from './prepare'
import { troubleshoot } from './troubleshoot'
import { verify } from './verify'

export const chapters: readonly Chapter[] = [prepare, certificates, apply, verify, logs, analyze, troubleshoot, cleanup]
