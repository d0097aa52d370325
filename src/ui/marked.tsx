/** A sentence in which what is between backticks is Istio's or Kubernetes' word, and looks so. */
export const marked = (says: string) =>
  says.split('`').map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))
