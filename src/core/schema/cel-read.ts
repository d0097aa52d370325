/** Reads a rule of a CRD, written in CEL, into a tree. Only what such rules use is known. */

export type Cel =
  | { is: 'value'; value: unknown }
  | { is: 'name'; name: string }
  | { is: 'list'; items: Cel[] }
  | { is: 'field'; of: Cel; name: string }
  | { is: 'index'; of: Cel; at: Cel }
  | { is: 'call'; of: Cel | null; name: string; args: Cel[] }
  | { is: 'unary'; by: string; of: Cel }
  | { is: 'binary'; by: string; left: Cel; right: Cel }
  | { is: 'choice'; when: Cel; yes: Cel; no: Cel }

interface Token {
  is: 'name' | 'number' | 'text' | 'sign' | 'end'
  text: string
}

const tokens =
  /\s*(?:(r?"""[\s\S]*?"""|r?"(?:[^"\\]|\\.)*"|r?'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\|\||&&|==|!=|<=|>=|[-+*/%<>!?:,.(){}[\]]))/y

const strength: Record<string, number> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  in: 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
}

/** The tree of a rule. Throws on what is no CEL, or more of it than CRDs use: the rules are ours to ship, and a test reads all of them. */
export function readCel(rule: string): Cel {
  const reader = new Reader(tokensOf(rule))
  const tree = reader.choice()
  reader.expect('end', '')
  return tree
}

function tokensOf(rule: string): Token[] {
  const list: Token[] = []
  tokens.lastIndex = 0
  while (rule.slice(tokens.lastIndex).trim() !== '') {
    const at = tokens.lastIndex
    const found = tokens.exec(rule)
    if (!found) throw new Error(`no CEL at ${at}: ${rule}`)
    const [, text, number, name, sign] = found
    if (text !== undefined) list.push({ is: 'text', text: textOf(text) })
    else if (number !== undefined) list.push({ is: 'number', text: number })
    else if (name !== undefined) list.push({ is: 'name', text: name })
    else list.push({ is: 'sign', text: sign ?? '' })
  }
  return [...list, { is: 'end', text: '' }]
}

function textOf(literal: string): string {
  const raw = literal.startsWith('r')
  const quoted = raw ? literal.slice(1) : literal
  const inner = quoted.startsWith('"""') ? quoted.slice(3, -3) : quoted.slice(1, -1)
  return raw ? inner : inner.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char))
}

/** Fields named as a word of CEL's own are written between underscores. */
const unescaped = (name: string): string => /^__(\w+)__$/.exec(name)?.[1] ?? name

class Reader {
  private readonly list: readonly Token[]
  private at = 0

  constructor(list: readonly Token[]) {
    this.list = list
  }

  private get next(): Token {
    return this.list[this.at] ?? { is: 'end', text: '' }
  }

  private take(sign: string): boolean {
    if (this.next.text !== sign || this.next.is === 'text') return false
    this.at++
    return true
  }

  expect(is: Token['is'], text: string): Token {
    const token = this.next
    if (token.is !== is || (text !== '' && token.text !== text)) throw new Error(`CEL: ${text || is} expected, not ${token.text}`)
    this.at++
    return token
  }

  choice(): Cel {
    const when = this.binary(1)
    if (!this.take('?')) return when
    const yes = this.choice()
    this.expect('sign', ':')
    return { is: 'choice', when, yes, no: this.choice() }
  }

  private binary(least: number): Cel {
    let left = this.unary()
    for (;;) {
      const by = this.next.is === 'text' ? '' : this.next.text
      const power = strength[by] ?? 0
      if (power < least) return left
      this.at++
      left = { is: 'binary', by, left, right: this.binary(power + 1) }
    }
  }

  private unary(): Cel {
    for (const by of ['!', '-']) if (this.take(by)) return { is: 'unary', by, of: this.unary() }
    return this.member(this.primary())
  }

  private member(of: Cel): Cel {
    if (this.take('.')) {
      const { text } = this.expect('name', '')
      return this.member(this.take('(') ? { is: 'call', of, name: text, args: this.args(')') } : { is: 'field', of, name: unescaped(text) })
    }
    if (!this.take('[')) return of
    const at = this.choice()
    this.expect('sign', ']')
    return this.member({ is: 'index', of, at })
  }

  private primary(): Cel {
    if (this.take('(')) {
      const inner = this.choice()
      this.expect('sign', ')')
      return inner
    }
    if (this.take('[')) return { is: 'list', items: this.args(']') }
    if (this.take('{')) {
      this.expect('sign', '}')
      return { is: 'value', value: {} }
    }
    const { is, text } = this.next
    this.at++
    if (is === 'text') return { is: 'value', value: text }
    if (is === 'number') return { is: 'value', value: Number(text) }
    if (is !== 'name') throw new Error(`CEL: unexpected ${text}`)
    if (text === 'true' || text === 'false') return { is: 'value', value: text === 'true' }
    if (text === 'null') return { is: 'value', value: null }
    return this.take('(') ? { is: 'call', of: null, name: text, args: this.args(')') } : { is: 'name', name: text }
  }

  private args(end: string): Cel[] {
    const list: Cel[] = []
    while (!this.take(end)) {
      list.push(this.choice())
      if (!this.take(',') && this.next.text !== end) throw new Error('CEL: , expected')
    }
    return list
  }
}
