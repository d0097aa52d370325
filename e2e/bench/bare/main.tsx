/** The least that a page of this stack can be: React and React Flow, four nodes and three edges. The floor of a cold load. */
import { ReactFlow } from '@xyflow/react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import '@xyflow/react/dist/base.css'

const nodes = ['pod', 'sidecar', 'gateway', 'host'].map((id, at) => ({
  id,
  position: { x: at * 220, y: 100 },
  data: { label: id },
  width: 160,
  height: 60,
}))
const edges = nodes.slice(1).map(({ id }, at) => ({ id, source: nodes[at]?.id ?? '', target: id }))

createRoot(document.getElementById('root') as HTMLElement).render(createElement(ReactFlow, { nodes, edges, fitView: true }))
