import { type ReactNode, useContext, useId } from 'react'
import { OverlayTriggerStateContext, Popover, type PopoverProps } from 'react-aria-components'

interface PopoverDialogProps extends Pick<PopoverProps, 'placement'> {
  label: string
  className: string | undefined
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A dialog beside what opens it. The popover is the dialog, so that its ways out for screen readers lie within. */
export function PopoverDialog({ label, className, children, ...beside }: PopoverDialogProps) {
  const id = useId()
  return (
    <Popover className="popover" aria-labelledby={id} {...beside}>
      <span id={id} className="unseen">
        {label}
      </span>
      <section className={className}>
        {typeof children === 'function' ? <Closable>{children}</Closable> : children}
      </section>
    </Popover>
  )
}

function Closable({ children }: { children: (close: () => void) => ReactNode }) {
  const state = useContext(OverlayTriggerStateContext)
  return children(() => state?.close())
}
