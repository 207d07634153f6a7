import { Component, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { GatewayFailure } from '../gateway/failure'

/** Shows in its place why a part of the page could not be shown; the rest of the page lives on. */
export class FailureBoundary extends Component<
  { children: ReactNode; onRetry?: () => void },
  { error: Error | null }
> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    const retry = () => {
      this.props.onRetry?.()
      this.setState({ error: null })
    }
    return <Failure error={error} onRetry={retry} />
  }
}

/** One sentence, a way to try again, and the request id for whoever reads the log. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const requestId = error instanceof GatewayFailure ? error.requestId : null
  return (
    <div className="failure" role="alert">
      <p>{error.message}</p>
      {onRetry && (
        <Button className="button" onPress={onRetry}>
          Retry
        </Button>
      )}
      {requestId !== null && (
        <p className="muted">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  )
}
