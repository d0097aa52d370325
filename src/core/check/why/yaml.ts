/** Why the reader of YAML says what it says: Kubernetes' reader is Go's, which differs from what JavaScript and YAML 1.2 do. */
import { type Why, why } from './entry'

const spec = 'https://yaml.org/spec/1.2.2/'
const objects = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/'
const strict = 'https://kubernetes.io/blog/2023/04/24/openapi-v3-field-validation-ga/'
const helm = 'https://helm.sh/docs/helm/helm_template/'

const reading: Why = why(
  ['Words that are read as something else', '被读作他物的词'],
  [
    'Kubernetes reads YAML 1.1: yes, no, on and off are booleans, 012 is ten, 1:30 is ninety. Put it in quotes where you mean the text. YAML 1.2, which many tools follow, reads the same words as texts, so they would show you something else than the cluster gets.',
    'Kubernetes 按 YAML 1.1 读取：yes、no、on、off 是布尔值，012 是十，1:30 是九十。要表示文本就加引号。许多工具遵循 YAML 1.2，会把这些词读作文本，因此显示的与集群得到的不同。',
  ],
  'https://yaml.org/type/bool.html',
  'https://github.com/kubernetes/kubernetes/issues/82296',
)
const alias: Why = why(
  ['Anchors and aliases', '锚点与别名'],
  [
    'An alias (*name) stands for the value at the anchor (&name) above it in the same document. It is gone once the object is in the cluster. Aliases of aliases can grow without end, so Kubernetes limits them, and an anchor inside itself has no end at all.',
    '别名（*name）代表同一文档上方锚点（&name）处的值，对象进入集群后就不复存在。别名套别名可以无限膨胀，因此 Kubernetes 有限制；锚点包含自身则没有尽头。',
  ],
  `${spec}#71-alias-nodes`,
)
const merge: Why = why(
  ['Merging with <<', '用 << 合并'],
  [
    '<< takes the keys of other maps in. It belongs to YAML 1.1 and can only take in maps; a key below the << wins over what it brings in, a key above it loses.',
    '<< 并入其他映射的键。它属于 YAML 1.1，只能并入映射；写在 << 之后的同名键以自己为准，写在之前的则被它取代。',
  ],
  'https://yaml.org/type/merge.html',
)
const keys: Why = why(
  ['Keys of a map', '映射的键'],
  [
    'An object of Kubernetes is JSON in the end: its keys are texts, each occurs once, and none is longer than 1,024 characters. Of two equal keys the last one wins, and the other is lost without a word.',
    'Kubernetes 对象最终是 JSON：键是文本，各出现一次，不超过 1,024 个字符。相同的键以最后一个为准，其余悄然丢失。',
  ],
  strict,
)
const endMark: Why = why(
  ['The end of a document', '文档的结束标记'],
  [
    'A line `...` ends a document of YAML. kubectl cuts a file at `---` alone and reads the first document of each part: what follows `...` is never applied, and a part that begins with `...` cannot be read.',
    '`...` 结束一个 YAML 文档。kubectl 只按 `---` 切分文件，每一段只读取第一个文档：`...` 之后的内容永远不会被应用，以 `...` 开头的一段也无法读取。',
  ],
  `${spec}#914-explicit-documents`,
)
const syntax: Why = why(
  ['Text that is no YAML', '不是 YAML 的文本'],
  [
    'The document could not be read to its end; the documents beside it are read all the same. Mostly an indentation, a colon without a space behind it or an open quote is the cause, a line or two above the place that is marked.',
    '该文档无法读到末尾，其余文档照常读取。原因多为缩进、冒号后缺少空格或引号未闭合，往往在标记处上方一两行。',
  ],
  spec,
)
const identity: Why = why(
  ['Who an object is', '对象的身份'],
  [
    'apiVersion and kind say what an object is, metadata.name (and the namespace) which one it is. Without them the API server can do nothing with it, so it is kept as text and not drawn.',
    'apiVersion 和 kind 说明对象是什么，metadata.name（及命名空间）说明是哪一个。缺少它们 API server 无法处理，因此按文本保留而不画出。',
  ],
  objects,
)
const size: Why = why(
  ['A text that is too large', '过大的文本'],
  [
    'The page reads what a person can look at, and refuses what would freeze it. Open a part of it: what belongs to one gateway, or to one namespace.',
    '页面只读取人能看完的内容，拒绝会使其卡死的内容。请只打开其中一部分：同一网关或同一命名空间的对象。',
  ],
)
const notObject: Why = why(
  ['No object of Kubernetes', '不是 Kubernetes 对象'],
  [
    'Values of a chart, a kustomization or any other YAML are inputs of a tool that makes objects. Let the tool make them and open what comes out: helm template, kubectl kustomize, istioctl manifest generate.',
    'chart 的 values、kustomization 或其他 YAML 是生成对象的工具的输入。请先生成再打开结果：helm template、kubectl kustomize、istioctl manifest generate。',
  ],
  helm,
  'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/kustomization/',
)

const shape: Why = why(
  ['How the text is written', '文本的写法'],
  [
    'It says nothing of the objects, but it is good to know before the text is changed: line ends, a byte order mark, JSON in place of YAML and very long lines are kept as they are.',
    '这与对象无关，但在修改前值得了解：换行符、BOM、以 JSON 代替 YAML 以及超长的行都会原样保留。',
  ],
)

export const whyYaml: Readonly<Record<string, Why>> = {
  'Y-reads': reading,
  'Y-reads-key': reading,
  'Y-infinite': reading,
  'Y-alias-itself': alias,
  'Y-alias-unknown': alias,
  'Y-bomb': alias,
  'Y-star': why(
    ['A star without quotes', '没有引号的星号'],
    [
      'In YAML a star at the beginning of a value is an alias: *.example.com without quotes names an anchor that nobody wrote. Put a wildcard in quotes.',
      '在 YAML 中值开头的星号表示别名：没有引号的 *.example.com 引用了一个不存在的锚点。通配符要加引号。',
    ],
    `${spec}#71-alias-nodes`,
  ),
  'Y-merge': merge,
  'Y-merged-twice': merge,
  'Y-duplicate': keys,
  'Y-same-key': keys,
  'Y-key': keys,
  'Y-long-key': keys,
  'Y-end': endMark,
  'Y-unread': endMark,
  'Y-syntax': syntax,
  'Y-tab': syntax,
  'Y-tag': syntax,
  'Y-escape': syntax,
  'Y-directive': syntax,
  'Y-line-break': syntax,
  'Y-no-kind': identity,
  'Y-no-version': identity,
  'Y-no-name': identity,
  'Y-no-object': identity,
  'Y-list': identity,
  'Y-too-large': size,
  'Y-too-many': size,
  'Y-too-deep': size,
  'Y-kustomization': notObject,
  'Y-values': notObject,
  'Y-not-kubernetes': notObject,
  'Y-bom': shape,
  'Y-line-ends': shape,
  'Y-json': shape,
  'Y-long-line': shape,
  'Y-empty': shape,
  'Y-template': why(
    ['A template', '模板'],
    [
      'Between {{ and }} are instructions of Helm or another engine, which fill the text before a cluster sees it. Until then it is no YAML: its indentation and its values are still unknown. Render it first and open what comes out.',
      '{{ 与 }} 之间是 Helm 等引擎的指令，在集群看到之前填充文本。在此之前它不是 YAML：缩进和值都未知。请先渲染再打开结果。',
    ],
    helm,
  ),
  'Y-secret': why(
    ['A Secret with its data', '带数据的 Secret'],
    [
      'A private key in a text is a private key in every copy of it: in links, files and browser storage. Its values are masked and never kept; for drawing and tracing the names of the keys are enough.',
      '文本中的私钥会出现在它的每一份副本中：链接、文件和浏览器存储。其值会被遮盖且从不保存；画图和推演只需要键名。',
    ],
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  ),
}
