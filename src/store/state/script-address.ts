/** The one Trusted Types policy of our own: which scripts a page may start as a worker. Everything else that turns text into code is refused by the browser. */

interface Rules {
  createScriptURL(address: string): unknown
}
/** TypeScript's own types of a page do not know it everywhere. */
interface Factory {
  createPolicy<R extends object>(name: string, rules: R): R
}
/** Undefined in a browser that does not have them. */
export const { trustedTypes } = globalThis as { trustedTypes?: Factory }

/** Files of this build: the service worker beside the page, and parts in `assets`. */
const rules: Rules = {
  createScriptURL(address) {
    const { href, origin } = new URL(address, document.baseURI)
    if (origin !== location.origin || !/\/(?:sw\.js|assets\/[\w.-]+\.js)$/.test(href)) throw new TypeError(`No script of ours: ${href}`)
    return address
  },
}
const policy = trustedTypes?.createPolicy('egress', rules) ?? rules

/** The address as the browser takes it; throws where it is none of ours. */
export const scriptAddress = (address: string): string => policy.createScriptURL(address) as string
