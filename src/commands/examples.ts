import { examples as all } from '../examples'
import { readArgs } from './args'
import type { Command } from './kind'

export const examples: Command = {
  name: 'examples',
  usage: 'egress examples [--lang en|zh] [--json]',
  says: 'lists the examples: ids, titles, requests',
  run(words) {
    const args = readArgs(words, { values: ['lang'], flags: ['json'] })
    const lang = 'problem' in args ? 'en' : (args.values.lang?.at(-1) ?? 'en')
    const problem =
      'problem' in args
        ? args.problem
        : args.files.length > 0
          ? `${args.files[0]}: nothing belongs here.`
          : lang !== 'en' && lang !== 'zh'
            ? `--lang is en or zh, not ${lang}.`
            : null
    if (problem !== null || 'problem' in args || (lang !== 'en' && lang !== 'zh'))
      return { out: '', err: `${problem}\nUsage: ${examples.usage}\n`, code: 2 }
    if (args.flags.has('json')) {
      const list = all.map(({ id, title, story, requests }) => ({
        id,
        title: title[lang],
        story: story[lang],
        requests: requests.map(({ from, url, ends, says }) => ({ from, url, ends, says: says[lang] })),
      }))
      return { out: `${JSON.stringify(list, null, 2)}\n`, err: '', code: 0 }
    }
    const width = Math.max(...all.map((example) => example.id.length))
    const out = all.map(
      ({ id, title, requests }) =>
        `${id.padEnd(width)}  ${title[lang]}\n${requests.map(({ from, url, ends }) => `${' '.repeat(width)}    ${from} ${url} ${ends}\n`).join('')}`,
    )
    return { out: out.join(''), err: '', code: 0 }
  },
}
