/**
 * Which of Monaco's Trusted Types policies there are. It asks for a dozen when it is loaded; those of features that we do not have are not made, and
 * the page's own policy would refuse them. Comes before Monaco.
 */
import { trustedTypes } from '../store/state/script-address'

/**
 * The lines of the text, and code in the texts of hovers and proposals: Monaco escapes their letters. DOMPurify, which cleans the rest of
 * those texts, makes its own.
 */
const needed: readonly string[] = ['editorViewLayer', 'tokenizeToString']

self.MonacoEnvironment = {
  createTrustedTypesPolicy: ((name: string, rules: object) =>
    needed.includes(name) ? trustedTypes?.createPolicy(name, rules) : undefined) as never,
}
