/** What the app asks for: the URL and curl's arguments, as a lab case gives them. */
import type { Request } from './outcome'

export interface AppRequest {
  tls: boolean
  /** Of the URL, in lower case. */
  host: string
  port: number
  path: string
  query: string
  method: string
  /** The Host header, with its port if the URL has an unusual one. */
  authority: string
  headers: ReadonlyMap<string, string>
  /** Where curl is told to connect, in place of what DNS says. */
  resolve: ReadonlyMap<string, string>
  insecure: boolean
  /** Seconds that curl waits. */
  patience: number
  /** Arguments that the tracer does not know. */
  unknown: readonly string[]
}

/** Null for what is no http or https URL. */
export function appRequestOf({ url, curl }: Request): AppRequest | null {
  const parts = /^(https?):\/\/(\[[^\]]+\]|[^/:?#\s]+)(?::(\d{1,5}))?([/?#].*)?$/i.exec(url.trim())
  if (!parts) return null
  const [, scheme = '', host = '', port, rest = '/'] = parts
  const tls = scheme.toLowerCase() === 'https'
  const number = port === undefined ? (tls ? 443 : 80) : Number(port)
  if (number < 1 || number > 65535) return null
  const usual = number === (tls ? 443 : 80)
  const [path = '/', query = ''] = (rest.startsWith('/') ? rest : `/${rest}`).replace(/#.*$/s, '').split(/\?(.*)/s)
  const name = host.toLowerCase()
  const asked = { tls, host: name, port: number, path, query, authority: usual ? name : `${name}:${number}` }
  return { ...asked, ...argumentsOf(curl, asked.authority) }
}

const valued = new Set([
  '-m',
  '--max-time',
  '-H',
  '--header',
  '--resolve',
  '-X',
  '--request',
  '-A',
  '--user-agent',
  '-o',
  '--connect-timeout',
])

type Arguments = Pick<AppRequest, 'authority' | 'method' | 'headers' | 'resolve' | 'insecure' | 'patience' | 'unknown'>

function argumentsOf(curl: readonly string[], authority: string): Arguments {
  const headers = new Map<string, string>()
  const resolve = new Map<string, string>()
  const unknown: string[] = []
  const all: Arguments = { authority, method: 'GET', headers, resolve, insecure: false, patience: 6, unknown }
  for (let at = 0; at < curl.length; at++) {
    const name = curl[at] ?? ''
    const value = valued.has(name) ? (curl[++at] ?? '') : ''
    if (name === '-k' || name === '--insecure') all.insecure = true
    else if (name === '-m' || name === '--max-time') all.patience = Number(value) || all.patience
    else if (name === '-X' || name === '--request') all.method = value
    else if (name === '-H' || name === '--header') addHeader(all, headers, value)
    else if (name === '--resolve') addResolve(resolve, value)
    else if (!['-A', '--user-agent', '-o', '-s', '-S', '-sS', '-i', '-v'].includes(name)) unknown.push(name)
  }
  return all
}

function addHeader(all: Arguments, headers: Map<string, string>, line: string): void {
  const [name = '', value = ''] = line.split(/:\s*(.*)/s)
  if (name.toLowerCase() === 'host') all.authority = value
  else headers.set(name.toLowerCase(), value)
}

function addResolve(resolve: Map<string, string>, entry: string): void {
  const [host = '', port = '', address = ''] = entry.split(/:([^:]*):(.*)/s)
  resolve.set(`${host.toLowerCase()}:${port}`, address)
}
