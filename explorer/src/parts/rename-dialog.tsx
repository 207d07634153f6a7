import type { ReactElement } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { DialogFrame } from './dialog-frame'
import { NameForm } from './name-form'
import { visibleName } from './show-controls'

interface RenameDialogProps {
  title: string
  /** Opens it; by itself a plain one that names what it is. */
  button?: ReactElement
  /** What it is called now, and what it is for. */
  named: { readonly name: string; readonly description?: string | null }
  isBusy: boolean
  failure: Error | null
  onOpenChange: () => void
  /** Takes what is cleared as null, and what ends the dialog. */
  onSave: (names: { name: string | null; description: string | null }, close: () => void) => void
}

/** A button that opens a dialog to change what something is called and what it is for. */
export function RenameDialog(props: RenameDialogProps) {
  const { title, button, named, isBusy, failure, onOpenChange, onSave } = props
  return (
    <DialogTrigger onOpenChange={onOpenChange}>
      {button ?? (
        <Button className="button plain" aria-label={`Rename ${visibleName(named.name)}…`}>
          Rename…
        </Button>
      )}
      <DialogFrame title={title}>
        {(close) => (
          <NameForm
            verb="Save"
            name={named.name}
            description={named.description ?? ''}
            isBusy={isBusy}
            isComplete
            failure={failure}
            onCancel={close}
            onSave={({ name, description }) =>
              onSave({ name: name || null, description: description || null }, close)
            }
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
