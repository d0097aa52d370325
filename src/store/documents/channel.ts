/** What tabs of this browser say to each other. */

export interface Channel {
  tell(message: string): void
  /** Calls back with what another tab says; the answer ends it. */
  onTold(run: (message: string) => void): () => void
}

const name = 'egress'

/** A BroadcastChannel, and where there is none a note in localStorage, of which other tabs are told. Where both are forbidden nobody is heard. */
export const channelOfBrowser = (): Channel => (typeof BroadcastChannel === 'function' ? broadcast() : notes())

function broadcast(): Channel {
  const channel = new BroadcastChannel(name)
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target origin: windows have.
    tell: (message) => channel.postMessage(message),
    onTold(run) {
      const heard = ({ data }: MessageEvent) => typeof data === 'string' && run(data)
      channel.addEventListener('message', heard)
      return () => channel.removeEventListener('message', heard)
    },
  }
}

function notes(): Channel {
  const key = 'egress.told'
  return {
    tell(message) {
      try {
        // Only what changes is told: another tab may have said the very same.
        localStorage.setItem(key, `${crypto.getRandomValues(new Uint32Array(1))[0]} ${message}`)
      } catch {
        // Nobody is told; what a save finds changed by another tab it does not write over.
      }
    },
    onTold(run) {
      const heard = ({ key: changed, newValue }: StorageEvent) => {
        if (changed === key && newValue) run(newValue.slice(newValue.indexOf(' ') + 1))
      }
      addEventListener('storage', heard)
      return () => removeEventListener('storage', heard)
    },
  }
}
