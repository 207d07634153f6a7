import { type ReactNode, useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import dialog from '../styles/dialog.module.css'
import { NameForm } from './name-form'

interface CreateFormProps {
  /** Where its key stands from then on, as a sentence goes on behind `it stands in`. */
  keyIn: string
  /** A key for example. */
  example: string
  isBusy: boolean
  failure: Error | null
  /** Fields behind the key. */
  children?: ReactNode
  onCancel: () => void
  /** Texts that were left empty are null. */
  onMake: (texts: { slug: string; name: string | null; description: string | null }) => void
}

/** Makes something with a key, which stays what it is called now. */
export function CreateForm(props: CreateFormProps) {
  const { keyIn, example, isBusy, failure, children, onCancel, onMake } = props
  const [text, setText] = useState('')
  const slug = text.trim()
  return (
    <NameForm
      verb="Make it"
      name=""
      description=""
      isBusy={isBusy}
      isComplete={slug !== ''}
      failure={failure}
      onCancel={onCancel}
      onSave={({ name, description }) =>
        onMake({ slug, name: name || null, description: description || null })
      }
    >
      <TextField value={text} onChange={setText} autoFocus isRequired className={dialog.field ?? ''}>
        <Label>Key: lower-case letters, digits and hyphens; it stands in {keyIn} and stays</Label>
        <Input className="field number" placeholder={example} autoComplete="off" maxLength={63} />
      </TextField>
      {children}
    </NameForm>
  )
}
