import { Component, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { Attempt } from '../gateway/attempt'
import { GatewayFailure, OUTDATED } from '../gateway/failure'

interface FailureBoundaryProps {
  children: ReactNode
  /** What is shown: another one is tried by itself. */
  of?: unknown
  /** The heading of the page, which stands in what failed. */
  heading?: string
}

interface FailureBoundaryState {
  error: Error | null
  of: unknown
  attempt: number
}

/** Shows in its place why a part of the page could not be shown; the rest of the page lives on. */
export class FailureBoundary extends Component<FailureBoundaryProps, FailureBoundaryState> {
  static override contextType = Attempt
  declare context: string
  override state: FailureBoundaryState = { error: null, of: this.props.of, attempt: 0 }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  static getDerivedStateFromProps(
    { of }: FailureBoundaryProps,
    state: FailureBoundaryState,
  ): Partial<FailureBoundaryState> | null {
    if (Object.is(of, state.of)) return null
    return state.error === null ? { of } : { of, error: null, attempt: state.attempt + 1 }
  }

  override render() {
    const { error, attempt } = this.state
    if (error === null)
      return <Attempt value={`${this.context}${attempt || ''}`}>{this.props.children}</Attempt>
    return (
      <>
        {this.props.heading !== undefined && <h1 className="unseen">{this.props.heading}</h1>}
        <Failure error={error} onRetry={() => this.setState({ error: null, attempt: attempt + 1 })} />
      </>
    )
  }
}

/** One sentence, a way to try again, and the request id for whoever reads the log. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { requestId = null, code = null } = error instanceof GatewayFailure ? error : {}
  return (
    <div className="failure" role="alert">
      <p>{error.message}</p>
      {code === OUTDATED ? (
        <Button className="button" onPress={() => location.reload()}>
          Load the page anew
        </Button>
      ) : (
        onRetry && (
          <Button className="button" onPress={onRetry}>
            Retry
          </Button>
        )
      )}
      {requestId !== null && (
        <p className="muted">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  )
}
