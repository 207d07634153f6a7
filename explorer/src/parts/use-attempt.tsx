import { type ReactNode, useState } from 'react'
import { Failure } from './failure-boundary'

/** Something that takes a while and may fail: what is told of it, and how to run it. */
export function useAttempt(): {
  attempt: (work: () => Promise<void>, done: string) => void
  tell: (text: string) => void
  told: ReactNode
} {
  const [text, tell] = useState('')
  const [failure, setFailure] = useState<{ error: Error; again: () => void } | null>(null)
  const attempt = (work: () => Promise<void>, done: string) => {
    setFailure(null)
    tell('')
    work().then(
      () => tell(done),
      (error: Error) => {
        tell('')
        setFailure({ error, again: () => attempt(work, done) })
      },
    )
  }
  const told = (
    <>
      <span className="muted" role="status">
        {text}
      </span>
      {failure !== null && <Failure error={failure.error} onRetry={failure.again} />}
    </>
  )
  return { attempt, tell, told }
}
