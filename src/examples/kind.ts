import type { Text } from '../core/base/text'
import type { Design } from '../core/model/design'

/** A request and what the example promises of it: that it arrives as the drawn hops say, or that it is stopped. */
export interface Ask {
  /** namespace/pod */
  from: string
  url: string
  ends: 'arrives' | 'stops'
  /** Why it is sent, for the person who reads the example. */
  says: Text
}

/** An example of the gallery: a story, a design, and requests with a promise. */
export interface Example {
  id: string
  title: Text
  /** Two or three sentences: what it shows, and when one wants it. */
  story: Text
  design: Design
  requests: readonly Ask[]
}
