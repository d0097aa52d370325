/** Every lesson, in the order in which they are taken. */
import type { Lesson } from '../kind'
import { httpGateway } from './http-gateway'

export const lessons: readonly Lesson[] = [httpGateway]
