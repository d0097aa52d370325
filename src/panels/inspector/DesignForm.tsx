/** What holds for the design as a whole; folded away until it is asked for. */

import { both } from '../../core/base/text'
import { namespaceOf } from '../../core/model/design'
import { checkName, type Field } from '../../core/model/field'
import { setGuard, setWorld } from '../../store/actions/actions'
import { findingsOf } from '../../store/derived/select'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useText, useWords } from '../../store/words/words'
import { Icon } from '../../ui/icons'
import { Complaint, FieldRow } from './FieldRow'

const version: Field = {
  id: 'istio',
  title: both('Istio version', 'Istio 版本'),
  type: 'text',
  help: both(
    'The version that the YAML is written for. Fields are checked by the schemas of 1.32; proxies of 1.31 played what traces say.',
    'YAML 面向的版本。字段按 1.32 的 schema 检查；推演所依据的是 1.31 代理的实际表现。',
  ),
  placeholder: '1.32',
  check: (value) =>
    /^\d+\.\d+(\.\d+)?$/.test(value)
      ? null
      : { says: both(`"${value}" is no version: write 1.32.`, `“${value}”不是版本号：请写成 1.32。`), offer: '1.32' },
}
const root: Field = {
  id: 'root',
  title: both('Root namespace', '根命名空间'),
  type: 'text',
  help: both('Where istiod runs.', 'istiod 所在的命名空间。'),
  placeholder: 'istio-system',
  check: checkName,
}

export function DesignForm() {
  const words = useWords()
  const text = useText()
  const world = useDesigner((s) => designOf(s).world)
  const findings = useDesigner(findingsOf).filter((finding) => finding.on === null)
  return (
    <details className="design-form" open={matchMedia('(max-width: 900px)').matches}>
      <summary className="pane-head">
        <h2>{words.design}</h2>
        <span className="quiet ellipsis">{words.nothingSelected}</span>
        <span className="grow" />
        <span className="says">{world.outbound}</span>
        <Icon name="down" size="s" />
      </summary>
      <div className="fields">
        {findings.map((finding) => (
          <Complaint key={finding.rule} level={finding.level} says={text(finding.says)} />
        ))}
        <div className="row">
          <label htmlFor="outbound">{words.outboundPolicy}</label>
          <div className="cell">
            <span className="chosen wide">
              <select
                id="outbound"
                data-control="outbound"
                className="input"
                value={world.outbound}
                onChange={(event) => setWorld({ outbound: event.currentTarget.value as typeof world.outbound })}
              >
                <option value="ALLOW_ANY">ALLOW_ANY ({words.allowAny})</option>
                <option value="REGISTRY_ONLY">REGISTRY_ONLY ({words.registryOnly})</option>
                <option value="ALLOW_ANY_DYNAMIC_DNS">ALLOW_ANY_DYNAMIC_DNS ({words.allowByName})</option>
              </select>
              <Icon name="down" size="s" />
            </span>
            <p className="help">{words.outboundHelp}</p>
          </div>
        </div>
        <div className="row">
          <label htmlFor="visibility">{words.visibility}</label>
          <div className="cell">
            <span className="chosen wide">
              <select
                id="visibility"
                className="input"
                value={world.visibility}
                onChange={(event) => setWorld({ visibility: event.currentTarget.value as typeof world.visibility })}
              >
                <option value="PUBLIC">PUBLIC ({words.asExported})</option>
                <option value="NAMESPACE">NAMESPACE ({words.ownNamespace})</option>
                <option value="NONE">NONE ({words.nobody})</option>
              </select>
              <Icon name="down" size="s" />
            </span>
            <p className="help">{words.visibilityHelp}</p>
          </div>
        </div>
        <FieldRow
          field={version}
          value={world.istio}
          must
          findings={[]}
          onCommit={(value, step) => setWorld({ istio: value as string }, `istio ${step}`)}
        />
        <FieldRow
          field={root}
          value={world.root}
          must
          findings={[]}
          onCommit={(value, step) => setWorld({ root: value as string }, `root ${step}`)}
        />
        <Guards />
      </div>
    </details>
  )
}

function Guards() {
  const words = useWords()
  const guards = useDesigner((s) => designOf(s).guards)
  const nodes = useDesigner((s) => designOf(s).nodes)
  const namespaces = [
    ...new Set([...nodes.filter((node) => node.kind === 'pod').map(namespaceOf), ...guards.map((guard) => guard.namespace)]),
  ].toSorted()
  return (
    <div className="row stacked">
      <span className="label">{words.guards}</span>
      <p className="help">{words.guardsHelp}</p>
      <ul className="guards">
        {namespaces.map((namespace) => {
          const guard = guards.find((one) => one.namespace === namespace)
          return (
            <li key={namespace}>
              <label>
                <input
                  type="checkbox"
                  checked={guard !== undefined}
                  onChange={(event) => setGuard(namespace, event.currentTarget.checked ? {} : null)}
                />
                <code>{fill(words.namespaceOf, { name: namespace })}</code>
              </label>
              {guard && (
                <label>
                  <input
                    type="checkbox"
                    checked={guard.dns}
                    onChange={(event) => setGuard(namespace, { dns: event.currentTarget.checked })}
                  />
                  {words.guardDns}
                </label>
              )}
            </li>
          )
        })}
        {namespaces.length === 0 && <li className="quiet">{words.noNamespaces}</li>}
      </ul>
    </div>
  )
}
