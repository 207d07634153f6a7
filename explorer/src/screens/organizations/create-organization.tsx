import { useState } from 'react'
import { Button, DialogTrigger, Input, Label, TextField } from 'react-aria-components'
import { graphql, useRelayEnvironment } from 'react-relay'
import { commitLocalUpdate } from 'relay-runtime'
import type { createOrganizationMutation } from '../../__generated__/createOrganizationMutation.graphql'
import { CreateForm } from '../../parts/create-form'
import { DialogFrame } from '../../parts/dialog-frame'
import { useAct } from '../../parts/use-act'
import dialog from '../../styles/dialog.module.css'
import { NewKey } from '../keys/new-key'

/** Makes an organization; where the viewer is its admin, its key is shown once, and leaves the page with the dialog. */
export function CreateOrganization({ onMade }: { onMade: () => void }) {
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <DialogTrigger onOpenChange={(isOpen) => !isOpen && setSecret(null)}>
      <Button className="button primary">New organization…</Button>
      <DialogFrame
        title={secret === null ? 'New organization' : 'Your key of the new organization'}
        isDismissable={secret === null}
      >
        {(close) =>
          secret === null ? (
            <NewOrganization
              onCancel={close}
              onMade={(key) => {
                onMade()
                if (key === null) close()
                else setSecret(key)
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

interface NewOrganizationProps {
  onMade: (secret: string | null) => void
  onCancel: () => void
}

function NewOrganization({ onMade, onCancel }: NewOrganizationProps) {
  const environment = useRelayEnvironment()
  const [admin, setAdmin] = useState('')
  const { act, isBusy, failure } = useAct<createOrganizationMutation>(graphql`
    mutation createOrganizationMutation($input: CreateOrganizationInput!) {
      createOrganization(input: $input) {
        organization {
          slug
        }
        secret
      }
    }
  `)
  const make = (texts: { slug: string; name: string | null; description: string | null }) => {
    const input = { ...texts, admin: admin.trim() || null }
    act(input, ({ createOrganization }) => {
      // The store must not remember what is told once.
      commitLocalUpdate(environment, (store) =>
        store.getRoot().getLinkedRecord('createOrganization', { input })?.setValue(null, 'secret'),
      )
      onMade(createOrganization?.secret ?? null)
    })
  }
  return (
    <CreateForm
      keyIn="addresses"
      example="globex"
      isBusy={isBusy}
      failure={failure}
      onCancel={onCancel}
      onMake={make}
    >
      <TextField value={admin} onChange={setAdmin} className={dialog.field ?? ''}>
        <Label>E-mail address of its first admin, who signs in; without one it is you, by a new key</Label>
        <Input className="field" placeholder="ada@globex.example" autoComplete="off" maxLength={254} />
      </TextField>
    </CreateForm>
  )
}
