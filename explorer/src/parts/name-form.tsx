import { type FormEvent, type ReactNode, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import dialog from '../styles/dialog.module.css'
import { Choices } from './dialog-frame'
import { Failure } from './failure-boundary'

interface NameFormProps {
  /** What the button says that sends it. */
  verb: string
  name: string
  description: string
  isBusy: boolean
  /** Whether the fields before its own are filled in. */
  isComplete: boolean
  failure: Error | null
  /** Fields before its own. */
  children?: ReactNode
  onCancel: () => void
  onSave: (texts: { name: string; description: string }) => void
}

/** What something is called, and what it is for. */
export function NameForm(props: NameFormProps) {
  const { verb, isBusy, isComplete, failure, children, onCancel, onSave } = props
  const [name, setName] = useState(props.name)
  const [description, setDescription] = useState(props.description)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSave({ name: name.trim(), description: description.trim() })
  }
  return (
    <form className={dialog.form} onSubmit={submit}>
      {children}
      <TextField value={name} onChange={setName} className={dialog.field ?? ''}>
        <Label>Name</Label>
        <Input className="field" placeholder="as its key" autoComplete="off" maxLength={255} />
      </TextField>
      <TextField value={description} onChange={setDescription} className={dialog.field ?? ''}>
        <Label>What it is for</Label>
        <Input className="field" autoComplete="off" maxLength={2000} />
      </TextField>
      {failure !== null && <Failure error={failure} />}
      <Choices>
        <Button className="button" onPress={onCancel}>
          Cancel
        </Button>
        <Button type="submit" className="button primary" isDisabled={isBusy || !isComplete}>
          {verb}
        </Button>
      </Choices>
    </form>
  )
}
