import type { Learner } from './kind'

export const mistakeExportToDot: Learner = {
  lesson: 'mistake-export-to-dot',
  steps: [
    { acts: [{ send: { url: 'http://edition.cnn.com/politics' } }] },
    {
      wrong: [{ edit: '  exportTo: ["."]\n  gateways', by: '  exportTo: [istio-system]\n  gateways' }],
      acts: [
        { edit: '  exportTo: [istio-system]\n  gateways', by: '  exportTo: [".", istio-system]\n  gateways' },
        { send: { url: 'http://edition.cnn.com/politics' } },
      ],
    },
    {
      wrong: [{ edit: 'exportTo: ["."] # ours alone', by: 'exportTo: ["*"] # ours alone' }],
      acts: [
        { edit: 'exportTo: ["*"] # ours alone', by: 'exportTo: ["."] # ours alone' },
        { fix: 'L24' },
        { send: { url: 'http://edition.cnn.com/politics' } },
      ],
    },
  ],
}
