import type { Learner } from './kind'

const wholly = '    tls:\n      mode: SIMPLE\n'
const onPort = (port: number) => `    portLevelSettings:\n    - port: {number: ${port}}\n      tls: {mode: SIMPLE}\n`

export const mistakeTlsToPlainPort: Learner = {
  lesson: 'mistake-tls-to-plain-port',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: 'mode: SIMPLE', by: 'mode: DISABLE' }],
      acts: [{ edit: 'mode: DISABLE', by: 'mode: SIMPLE' }, { fix: 'L7' }],
    },
    { wrong: [{ edit: wholly, by: onPort(80) }], acts: [{ edit: onPort(80), by: onPort(443) }] },
  ],
}
