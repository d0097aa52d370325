/** What is spoken on a stretch, the outermost layer outside: `mTLS [HTTP]`. */
import type { Layer } from '../../core/trace/outcome'
import { type FirstIcon, Icon } from '../../ui/first-icons'
import type { WireStyle } from '../../ui/Wire'

/** The look of the hop that would carry it: Istio's own certificates, a client's, a server's alone, or none. */
export function layerStyle(layer: Layer | undefined): WireStyle {
  if (!layer || layer.is === 'HTTP' || layer.is === 'TCP') return 'disable'
  if (layer.is === 'TLS') return 'simple'
  return layer.peer === '' || layer.peer.startsWith('spiffe:') ? 'istio-mutual' : 'mutual'
}

export function Layers({ wire }: { wire: readonly Layer[] }) {
  const [outer, ...inner] = wire
  if (!outer) return null
  const style = layerStyle(outer)
  return (
    <span className={`lay ${style}`}>
      <Icon name={style as FirstIcon} size="s" />
      {outer.is}
      {inner.length > 0 && <Layers wire={inner} />}
    </span>
  )
}
