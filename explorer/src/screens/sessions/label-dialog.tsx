import { type FormEvent, useState } from 'react'
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components'
import styles from './bulk-bar.module.css'
import type { BulkLabel } from './use-bulk'

interface LabelDialogProps {
  count: number
  onDone: (label: BulkLabel) => void
  onClose: () => void
}

/** Asks for one label, as `key: value`. */
export function LabelDialog({ count, onDone, onClose }: LabelDialogProps) {
  const [text, setText] = useState('')
  const at = text.indexOf(':')
  const label = at > 0 ? { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() } : null
  const isWhole = label !== null && label.key !== '' && label.value !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    onDone(label)
    onClose()
  }
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog>
          <form onSubmit={submit} className={styles.dialog}>
            <Heading slot="title">
              Label {count} {count === 1 ? 'session' : 'sessions'}
            </Heading>
            <TextField value={text} onChange={setText} autoFocus>
              <Label>key: value</Label>
              <Input className="field" placeholder="team: core" />
            </TextField>
            <div className={styles.choices}>
              <Button className="button" onPress={onClose}>
                Cancel
              </Button>
              <Button className="button primary" type="submit" isDisabled={!isWhole}>
                Add
              </Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
