/** The learner has sent a request: without it a step about a failure would be done before anybody saw it. */
import { defaultPod } from '../understood'
import { goalKind } from './kind'

export const sent = goalKind(
  'sent',
  ({ v, asks }) => v.strictObject({ sent: asks }),
  ({ sent: wanted }, { sent: asked }) => {
    if (!asked) return false
    return (asked.from ?? defaultPod) === (wanted.from ?? defaultPod) && sameUrl(asked.url, wanted.url)
  },
)

/** `http://a` and `http://a/` are one; anything that is no URL equals only itself. */
function sameUrl(a: string, b: string): boolean {
  return whole(a) === whole(b)
}

const whole = (text: string): string => {
  const url = URL.parse(text.trim())
  return url ? url.href : text.trim()
}
