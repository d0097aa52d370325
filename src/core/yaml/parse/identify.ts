/** What a document is that is no plain Kubernetes object: a piece of one, a kustomization, values of a chart. */

import { field, isMap } from '../../base/loose'
import { both, type Text } from '../../base/text'
import type { Document, Path } from '../document'
import { type Finding, found, type Level } from '../finding'

const has = (object: Readonly<Record<string, unknown>>, ...keys: string[]): boolean => keys.some((key) => Object.hasOwn(object, key))

/** Every object has these; one that lacks them can be read. */
const lacking = new Set(['Y-no-kind', 'Y-no-version', 'Y-no-name'])

/** What to tell of a document as a whole: what it lacks to be an object, or what must be done with it first. */
export function told(of: Document): Finding[] {
  const { object, kind } = of
  const tell = (rule: string, level: Level, path: Path, says: Text) => [
    { ...found('yaml', rule, level, { of: of.id, path }, says), ...(lacking.has(rule) && { lacks: true as const }) },
  ]
  if (
    kind === 'Kustomization' ||
    kind === 'Component' ||
    (!has(object, 'kind') && has(object, 'resources', 'bases') && isKustomization(object))
  )
    return tell(
      'Y-kustomization',
      'warning',
      [],
      both(
        'This is a kustomization: a recipe, no object. Build it first (`kubectl kustomize DIR`) and open what comes out.',
        '这是 kustomization：是配方而不是对象。请先构建（`kubectl kustomize DIR`），再打开结果。',
      ),
    )
  if (!has(object, 'kind') && !has(object, 'apiVersion'))
    return isValues(object) ? tell('Y-values', 'warning', [], values) : tell('Y-not-kubernetes', 'warning', [], notOurs)
  if (!has(object, 'kind'))
    return tell(
      'Y-no-kind',
      'error',
      [],
      both('`kind` is missing: without it nobody knows what this object is.', '缺少 `kind`：没有它就不知道这是什么对象。'),
    )
  if (!has(object, 'apiVersion'))
    return tell(
      'Y-no-version',
      'error',
      ['kind'],
      both('`apiVersion` is missing, such as `networking.istio.io/v1`.', '缺少 `apiVersion`，例如 `networking.istio.io/v1`。'),
    )
  const metadata = field(object, 'metadata')
  const named = isMap(metadata) && (has(metadata, 'name') || has(metadata, 'generateName'))
  if (named || kind.endsWith('List')) return []
  const path = isMap(metadata) ? ['metadata'] : ['kind']
  return tell(
    'Y-no-name',
    'error',
    path,
    both('`metadata.name` is missing: every object needs a name.', '缺少 `metadata.name`：每个对象都要有名字。'),
  )
}

const values = both(
  'This looks like the values of a Helm chart: no object. Render the chart first (`helm template CHART -f FILE`) and open what comes out.',
  '这看起来是 Helm chart 的 values 文件，不是对象。请先渲染（`helm template CHART -f FILE`），再打开结果。',
)
const notOurs = both(
  'This is YAML, but no Kubernetes object: it has neither `apiVersion` nor `kind`. It is kept as it is.',
  '这是 YAML，但不是 Kubernetes 对象：没有 `apiVersion` 也没有 `kind`。将原样保留。',
)

const isKustomization = (object: Readonly<Record<string, unknown>>): boolean =>
  Object.values(object).some(Array.isArray) && Object.keys(object).every((key) => kustomize.has(key))

const kustomize = new Set(
  'resources bases components namespace namePrefix nameSuffix labels commonLabels commonAnnotations patches patchesStrategicMerge patchesJson6902 images replicas configMapGenerator secretGenerator generatorOptions generators transformers validators crds vars replacements helmCharts helmGlobals openapi buildMetadata sortOptions metadata apiVersion'.split(
    ' ',
  ),
)

const isValues = (object: Readonly<Record<string, unknown>>): boolean =>
  has(
    object,
    'global',
    'image',
    'replicaCount',
    'nameOverride',
    'fullnameOverride',
    'meshConfig',
    'pilot',
    'gateways',
    'resources',
    'affinity',
    'serviceAccount',
    'values',
    'autoscaling',
    'imagePullSecrets',
  )
