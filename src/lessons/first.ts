/** The design of a first visit; alone in its file, because it is part of the first paint and its story is not. */
import type { Design } from '../core/design'
import { drawn, egress, wire } from './draw'

export const first: Design = drawn('tls-origination-mtls', {
