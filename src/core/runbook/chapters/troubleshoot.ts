/** Troubleshooting by symptom: what is seen, why, and the command that shows it, for the objects of this very design (istio/README 7.8, 11). */
import { both } from '../../base/text'
import { hopSymptoms } from './hop-symptoms'
import { hostSymptoms } from './host-symptoms'
import type { Chapter } from './kind'
import { placeSymptoms } from './place-symptoms'

export const troubleshoot: Chapter = {
  id: 'troubleshoot',
  title: both('Troubleshooting', '故障排除'),
  says: both(
    'Find the flags and details in the access log, the sidecar’s line first: they name the cause. A status alone does not.',
    '先在访问日志中查看标志和详情，从 Sidecar 那一行开始：它们指明原因。只看状态码是不够的。',
  ),
  blocks: (of) => (of.plan.paths.length === 0 ? [] : [...placeSymptoms(of), ...hopSymptoms(of), ...hostSymptoms(of)]),
}
