import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { DialogFrame } from '../../parts/dialog-frame'
import type { PagePath } from '../../view/path'
import { KeyForm } from './key-form'
import { NewKey } from './new-key'

interface CreateKeyProps {
  path: PagePath
  /** What the key in use is good for; no other can be passed on. */
  scopes: readonly string[]
  login: string | null
  onMade: () => void
}

/** Makes a key, and shows it once: it leaves the page with the dialog. */
export function CreateKey({ path, scopes, login, onMade }: CreateKeyProps) {
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <DialogTrigger onOpenChange={(isOpen) => !isOpen && setSecret(null)}>
      <Button className="button primary">New key…</Button>
      <DialogFrame title={secret === null ? 'New key' : 'Your new key'} isDismissable={secret === null}>
        {(close) =>
          secret === null ? (
            <KeyForm
              path={path}
              scopes={scopes}
              login={login}
              onCancel={close}
              onMade={(made) => {
                setSecret(made)
                onMade()
              }}
            />
          ) : (
            <NewKey secret={secret} onClose={close} />
          )
        }
      </DialogFrame>
    </DialogTrigger>
  )
}
