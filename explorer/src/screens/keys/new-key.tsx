import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import dialog from '../../styles/dialog.module.css'

/** A key in clear, the only time that it is seen. */
export function NewKey({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [isCopied, setIsCopied] = useState(false)
  return (
    <>
      <p>Copy it now. It is stored nowhere, and not shown again.</p>
      <TextField value={secret} isReadOnly className={dialog.field ?? ''} autoFocus>
        <Label>Key</Label>
        <Input className="field number" onFocus={({ target }) => target.select()} />
      </TextField>
      <div className={dialog.choices}>
        <span className="muted" role="status">
          {isCopied ? 'Copied.' : ''}
        </span>
        <Button
          className="button primary"
          onPress={() => void navigator.clipboard.writeText(secret).then(() => setIsCopied(true))}
        >
          Copy
        </Button>
        <Button className="button" onPress={onClose}>
          Done
        </Button>
      </div>
    </>
  )
}
