/** Where more is said: an issue or a page of Istio opens in a tab of its own; anything else is a name. */
export function Links({ to }: { to: readonly string[] }) {
  return (
    <span className="problem-links">
      {to.map((link) =>
        link.startsWith('https://') ? (
          <a key={link} href={link} target="_blank" rel="noreferrer">
            {link.replace(/^https:\/\/(?:www\.)?/, '')}
          </a>
        ) : (
          <span key={link} className="quiet">
            {link}
          </span>
        ),
      )}
    </span>
  )
}
