/** The two pickers: of a hop's TLS, and of what an app says. */

import type { TlsMode } from '../../core/istio/tls-mode'
import type { AppHop, Design, Speaks, WireHop } from '../../core/model/design'
import * as change from '../../core/model/edit'
import { tlsKinds, tlsModes } from '../../core/model/tls'
import { setCall, setTls } from '../../store/actions/actions'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { fill, useText, useWords } from '../../store/words/words'
import { styleOf } from '../../ui/Wire'
import { Picker } from './Picker'

const speaks = ['HTTP', 'HTTPS', 'TCP'] as const

export function TlsPicker({ hop }: { hop: WireHop }) {
  const words = useWords()
  const text = useText()
  const design = useDesigner(designOf)
  const says = change.speaksAlong(design, hop.id)
  const options = tlsModes.map((mode) => {
    const fits = change.fits(design, hop.id, mode)
    return {
      value: mode,
      style: styleOf(mode),
      says: text(fits === true ? tlsKinds[mode].says : fits),
      off: fits !== true && mode !== hop.wire.tls,
    }
  })
  const head = says.length > 0 ? fill(words.tlsOnThisHop, { says: says.join(', ') }) : words.tlsOnThisHopBare
  return (
    <Picker
      hop={hop.id}
      name={words.tlsMode}
      head={head}
      value={hop.wire.tls}
      options={options}
      onChoose={(mode) => setTls(hop.id, mode as TlsMode)}
    />
  )
}

export function SaysPicker({ app }: { app: AppHop }) {
  const words = useWords()
  const text = useText()
  const design = useDesigner(designOf)
  const options = speaks.map((value) => {
    const refused = value === app.call.speaks ? null : refusal(design, app, value)
    return { value, says: refused ? text(refused) : words[`speaks${value}`], off: refused !== null }
  })
  return (
    <Picker
      hop={app.id}
      name={words.appSays}
      head={words.appSaysHere}
      value={app.call.speaks}
      options={options}
      onChoose={(value) => setCall(app.id, callOf(app, value as Speaks))}
    />
  )
}

/** Another protocol takes its own usual port; TCP keeps the one that was typed. */
const callOf = (app: AppHop, value: Speaks) => ({
  speaks: value,
  ...(app.call.port !== undefined && value === 'TCP' && { port: app.call.port }),
})

function refusal(design: Design, app: AppHop, value: Speaks) {
  const result = change.setCall(design, app.id, callOf(app, value))
  return 'refused' in result ? result.refused : null
}
