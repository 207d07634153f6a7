import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import styles from '../styles/dialog.module.css'

interface DialogFrameProps {
  title: ReactNode
  /** `alertdialog` for what asks before it does something for good. */
  role?: 'dialog' | 'alertdialog'
  /** Absent where a trigger around it opens it. */
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  /** Whether Escape and a click beside it close it; absent means so. */
  isDismissable?: boolean
  children: (close: () => void) => ReactNode
}

/** A dialog over the page: its title, and whatever it holds. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, role = 'dialog', isDismissable = true, children, ...open } = props
  return (
    <ModalOverlay className={styles.overlay ?? ''} isDismissable={isDismissable} {...open}>
      <Modal className={styles.modal ?? ''}>
        <Dialog role={role} className={styles.dialog ?? ''}>
          {({ close }) => (
            <>
              <Heading slot="title">{title}</Heading>
              {children(close)}
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The buttons at the end of a dialog. */
export function Choices({ children }: { children: ReactNode }) {
  return <div className={styles.choices}>{children}</div>
}
