/** The packages that are in the app, each with its licence; the build lists them (`e2e/tools/licences.mjs`). */
import { useEffect, useState } from 'react'
import { useWords } from '../../store/words/words'

interface Licence {
  name: string
  version: string
  licence: string
  text: string
}

export function Licences() {
  const { about: words } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <details className="licences" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.licences}</summary>
      {open && <List />}
    </details>
  )
}

function List() {
  const { about: words } = useWords()
  const [listed, setListed] = useState<readonly Licence[] | 'missing'>([])
  useEffect(() => {
    fetch('./licences.json')
      .then((answer) => answer.json())
      .then(setListed, () => setListed('missing'))
  }, [])
  if (listed === 'missing') return <p>{words.noLicences}</p>
  return (
    <ul>
      {listed.map(({ name, version, licence, text }) => (
        <li key={`${name} ${version}`}>
          <details>
            <summary>
              <b>{name}</b> {version} <span className="quiet">{licence}</span>
            </summary>
            <pre tabIndex={0} lang="en">
              {text}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  )
}
