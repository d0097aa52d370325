/** Which keys presenter mode has, for whoever is before the class. */
import { useWords } from '../../store/words/words'

export function PresenterKeys() {
  const { presenting: words } = useWords()
  const keys = [
    ['→', words.next],
    ['←', words.back],
    ['H', words.hint],
    ['S', words.show],
  ] as const
  return (
    <p className="presenter-keys quiet">
      <span className="unseen">{words.keys}: </span>
      {keys.map(([key, does]) => (
        <span key={key}>
          <kbd>{key}</kbd> {does}
        </span>
      ))}
    </p>
  )
}
