import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { Choices } from './dialog-frame'
import { Failure } from './failure-boundary'

interface AskFirstProps {
  /** What the button says that does it. */
  verb: string
  isBusy?: boolean
  failure?: Error | null
  onCancel: () => void
  onAgree: () => void
  /** What comes of it. */
  children: ReactNode
}

/** What a dialog holds that asks before it does something: what comes of it, and a way out that is nearest at hand. */
export function AskFirst({
  verb,
  isBusy = false,
  failure = null,
  onCancel,
  onAgree,
  children,
}: AskFirstProps) {
  return (
    <>
      <p>{children}</p>
      {failure !== null && <Failure error={failure} />}
      <Choices>
        <Button className="button" onPress={onCancel} autoFocus>
          Cancel
        </Button>
        <Button className="button primary" isDisabled={isBusy} onPress={onAgree}>
          {verb}
        </Button>
      </Choices>
    </>
  )
}
