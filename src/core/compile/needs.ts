/** Commands that no YAML can bring along: they make Secrets. They name keys and files; key material never is in them. */

import { both } from '../base/text'
import type { Need } from './resource'

/** A word as a shell reads it back: in single quotes unless it is plain. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A `kubectl create` that may run once more: what is there becomes what is written. */
export const applied = (create: string): string => `${create} --dry-run=client -o yaml | kubectl apply -f -`

export const withoutSecret = (namespace: string, name: string): string =>
  `kubectl delete -n ${quoted(namespace)} ${quoted(`secret/${name}`)} --ignore-not-found`

/** The Secret that a `credentialName` asks for, in the namespace of the proxy that starts the TLS (istio/README 3.4). */
export function secretNeed(namespace: string, name: string, mutual: boolean): Need {
  const keys = mutual ? ['tls.crt=client.crt', 'tls.key=client.key', 'ca.crt=ca.crt'] : ['ca.crt=ca.crt']
  const files = keys.map((key) => `--from-file=${key}`).join(' ')
  const create = `kubectl create secret generic -n ${quoted(namespace)} ${quoted(name)} ${files}`
  return {
    says: mutual
      ? both(
          `The Secret ${name} in ${namespace} holds the client’s certificate, its key and the server’s CA.`,
          `${namespace} 中的 Secret ${name} 保存客户端证书、密钥和服务器的 CA。`,
        )
      : both(`The Secret ${name} in ${namespace} holds the server’s CA.`, `${namespace} 中的 Secret ${name} 保存服务器的 CA。`),
    run: create,
    again: applied(create),
    undo: withoutSecret(namespace, name),
  }
}
