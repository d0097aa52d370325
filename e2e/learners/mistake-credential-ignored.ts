import type { Learner } from './kind'

export const mistakeCredentialIgnored: Learner = {
  lesson: 'mistake-credential-ignored',
  steps: [
    { acts: [{ send: { url: 'http://partner.example.com/' } }] },
    {
      wrong: [{ edit: '  host: partner.example.com', by: '  host: partner.example.com\n  exportTo: ["."]' }],
      acts: [{ fix: 'L11' }, { send: { url: 'http://partner.example.com/' } }],
    },
    {
      wrong: [
        {
          edit: '  resolution: DNS',
          by: '  resolution: DNS\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: read-secrets, namespace: default}\nrules:\n- {apiGroups: [""], resources: [secrets], verbs: [list]}',
        },
      ],
      acts: [
        {
          edit: '- {apiGroups: [""], resources: [secrets], verbs: [list]}',
          by: '- {apiGroups: [""], resources: [secrets], verbs: [list]}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: read-secrets, namespace: default}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read-secrets}\nsubjects:\n- {kind: ServiceAccount, name: sleep, namespace: default}',
        },
        { send: { url: 'http://partner.example.com/' } },
      ],
    },
  ],
}
