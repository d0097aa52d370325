import type { Learner } from './kind'

export const mistakeResolutionNone: Learner = {
  lesson: 'mistake-resolution-none',
  steps: [
    { acts: [{ send: { url: 'https://edition.cnn.com/politics' } }, { send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: 'resolution: NONE', by: 'resolution: STATIC' }],
      acts: [{ edit: 'resolution: STATIC', by: 'resolution: NONE' }, { fix: 'L8' }, { send: { url: 'http://edition.cnn.com/politics' } }],
    },
  ],
}
