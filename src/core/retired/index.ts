/** What Istio or Kubernetes no longer serves, a line for each file of rules. */
import type { Rule } from '../rules/kind'
import { outdatedIstio } from './istio'
import { outdatedKubernetes } from './kubernetes'

export const retiredRules: readonly Rule[] = [...outdatedIstio, ...outdatedKubernetes]
