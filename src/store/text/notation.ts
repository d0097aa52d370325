/** The flow notation, loaded when it is first asked for. */

import type { Text } from '../../core/base/text'
import type { Design } from '../../core/model/design'

export interface Written {
  design: Design
  findings: { line: number; word: string; says: Text }[]
}

const load = () => import('../../core/model/notation')

export const readFlows = async (text: string, into: Design): Promise<Written> => (await load()).readNotation(text, into)
export const writeFlows = async (design: Design): Promise<string> => (await load()).writeNotation(design)
