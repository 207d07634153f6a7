import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { Choices, DialogFrame } from '../parts/dialog-frame'
import dialog from '../styles/dialog.module.css'
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
    <DialogFrame
      title={`Label ${count} ${count === 1 ? 'session' : 'sessions'}`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      {() => (
        <form onSubmit={submit} className={dialog.form}>
          <TextField value={text} onChange={setText} autoFocus className={dialog.field ?? ''}>
            <Label>key: value</Label>
            <Input className="field" placeholder="team: core" />
          </TextField>
          <Choices>
            <Button className="button" onPress={onClose}>
              Cancel
            </Button>
            <Button className="button primary" type="submit" isDisabled={!isWhole}>
              Add
            </Button>
          </Choices>
        </form>
      )}
    </DialogFrame>
  )
}
