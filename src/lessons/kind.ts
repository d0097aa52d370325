import type { Design } from '../core/design'
import type { Text } from '../core/text'

/** A request and what the lesson promises of it: that it arrives as the drawn hops say, or that it is stopped. */
export interface Ask {
  /** namespace/pod */
  from: string
  url: string
  ends: 'arrives' | 'stops'
  /** Why it is sent, for the person who reads the lesson. */
  says: Text
}

/** An example of the gallery, in the form that a lesson has: a story, a design, and requests with a promise. */
export interface Lesson {
  id: string
  title: Text
  /** Two or three sentences: what it shows, and when one wants it. */
  story: Text
  design: Design
  requests: readonly Ask[]
}
