/** What a person asks of the trace: where a request goes. */
import { type Asked, store } from '../state/store'

/** What the fields of the Trace panel say. */
export const setRequest = (request: Asked | null): void => store.setState({ request })

/** Sends the request of the fields (or this one): opens the Trace, at its first step. */
export function send(request: Asked | null = store.getState().request): void {
  store.setState({ request, sent: request, step: 0, strip: 'trace' })
}

/** Shows a step of the trace, counted from 0. */
export const setStep = (step: number): void => store.setState({ step: Math.max(0, step) })
