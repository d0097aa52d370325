/** What can be done to what is selected, or to the empty canvas: from the one list of actions. What cannot be done now says why. */
import { useCallback, useMemo } from 'react'
import { hopOf, nodeOf } from '../../core/model/design'
import { keyWord } from '../../store/actions/key-names'
import type { MenuAsk } from '../../store/actions/menu'
import { type Action, type ActionId, actions, targetOf, whyOff } from '../../store/actions/registry'
import { designOf, type State, store } from '../../store/state/store'
import { fill, hopEnds, nodeLabel, useWords } from '../../store/words/words'
import type { IconName } from '../../ui/icons'
import type { Words } from '../../words/kind'
import { type Item, Menu } from './Menu'

const icons: Partial<Record<ActionId, IconName>> = {
  undo: 'undo',
  redo: 'redo',
  mode: 'simple',
  connect: 'plus',
  send: 'send',
  copy: 'copy',
  cut: 'minus',
  paste: 'download',
  duplicate: 'duplicate',
  remove: 'trash',
  selectAll: 'check',
  fit: 'fit',
  tidy: 'tidy',
  tidyPart: 'tidy',
  addPod: 'pod',
  addGateway: 'gateway',
  addHost: 'host',
  rename: 'pencil',
  another: 'plus',
  back: 'left',
  addFlow: 'type',
}

/** Each of them begins another group. */
const apart: readonly ActionId[] = ['copy', 'remove', 'selectAll', 'fit']

export function ContextMenu({ ask, onClose }: { ask: MenuAsk; onClose(): void }) {
  const words = useWords()
  const items = useMemo(() => itemsNow(words), [words])
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the menu takes the focus once, whoever renders it again
  const close = useCallback(onClose, [])
  return <Menu title={titleNow(words, store.getState())} empty="" at={ask.at} items={items} onClose={close} />
}

function itemsNow(words: Words): Item[] {
  const state = store.getState()
  const target = targetOf(state)
  const applies = ({ on, onCanvas }: Action) => (target === 'nothing' ? onCanvas === true : on?.includes(target) === true)
  return actions.filter(applies).map((action, index): Item => {
    const why = whyOff(action, state)
    return {
      id: action.id,
      icon: icons[action.id] ?? 'right',
      word: words.actions[action.id],
      keys: action.keys[0] && keyWord(action.keys[0]),
      ...(why && { off: words.whyOff[why] }),
      apart: index > 0 && apart.includes(action.id),
      run: () => action.run?.(),
    }
  })
}

function titleNow(words: Words, state: State): string {
  const [id = '', ...more] = state.selected
  const design = designOf(state)
  const [node, hop] = [nodeOf(design, id), hopOf(design, id)]
  if (more.length > 0) return fill(words.commands.menuOf, { name: fill(words.manySelected, { n: state.selected.length }) })
  if (node) return fill(words.commands.menuOf, { name: nodeLabel(words, node) })
  if (hop) return fill(words.commands.menuOf, { name: hopEnds(words, design, hop) })
  return words.commands.menu
}
