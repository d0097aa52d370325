/** Keeps one pane's failure from taking the others down, and says what happened. */
import { Component, type ReactNode } from 'react'
import { Icon } from './first-icons'

interface Props {
  /** The sentence above the reason, and the word of the button. */
  says: string
  again: string
  children: ReactNode
}

export class Boundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div className="broken" role="alert">
        <h2>
          <Icon name="error" className="err-text" />
          {this.props.says}
        </h2>
        <code>{error.message}</code>
        <button type="button" className="b line" onClick={() => this.setState({ error: null })}>
          {this.props.again}
        </button>
      </div>
    )
  }
}
