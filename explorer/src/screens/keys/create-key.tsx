import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import type { PagePath } from '../../frame/address'
import dialog from '../../styles/dialog.module.css'
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
      <ModalOverlay className={dialog.overlay ?? ''} isDismissable={secret === null}>
        <Modal className={dialog.modal ?? ''}>
          <Dialog className={dialog.dialog ?? ''}>
            {({ close }) => (
              <>
                <Heading slot="title">{secret === null ? 'New key' : 'Your new key'}</Heading>
                {secret === null ? (
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
                )}
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
