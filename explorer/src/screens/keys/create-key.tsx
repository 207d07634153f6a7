import { type FormEvent, useState } from 'react'
import { Button, DialogTrigger, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components'
import { graphql, useMutation, useRelayEnvironment } from 'react-relay'
import { commitLocalUpdate } from 'relay-runtime'
import type { createKeyMutation } from '../../__generated__/createKeyMutation.graphql'
import { DialogFrame } from '../../parts/dialog-frame'
import { Failure } from '../../parts/failure-boundary'
import dialog from '../../styles/dialog.module.css'
import type { PagePath } from '../../view/path'
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

const DAY_MS = 86_400_000
const expiries = { '30': '30 days', '90': '90 days', '365': 'a year', never: 'no end' } as const

interface KeyFormProps {
  path: PagePath
  scopes: readonly string[]
  login: string | null
  onMade: (secret: string) => void
  onCancel: () => void
}

/** What a new key is called, whose it is, what it is good for and until when. */
function KeyForm({ path, scopes, login, onMade, onCancel }: KeyFormProps) {
  const environment = useRelayEnvironment()
  const [name, setName] = useState('')
  const [wanted, setWanted] = useState<readonly string[]>(['sessions:read'])
  const [days, setDays] = useState<keyof typeof expiries>('90')
  const [owner, setOwner] = useState<'viewer' | 'service'>('viewer')
  const [failure, setFailure] = useState<Error | null>(null)
  const [commit, isBusy] = useMutation<createKeyMutation>(graphql`
    mutation createKeyMutation($input: CreateApiKeyInput!) {
      createApiKey(input: $input) {
        secret
      }
    }
  `)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const input = {
      organization: path.organization,
      workspace: path.workspace,
      name,
      scopes: scopes.filter((scope) => wanted.includes(scope)),
      expiresAt: days === 'never' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      service: owner === 'service',
    }
    commit({
      variables: { input },
      onCompleted: ({ createApiKey }, errors) => {
        if (createApiKey == null) return setFailure(new Error(errors?.[0]?.message ?? 'No key was made.'))
        // The store must not remember what is told once.
        commitLocalUpdate(environment, (store) =>
          store.getRoot().getLinkedRecord('createApiKey', { input })?.setValue(null, 'secret'),
        )
        onMade(createApiKey.secret)
      },
      onError: setFailure,
    })
  }
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextField
        value={name}
        onChange={setName}
        autoFocus
        isRequired
        maxLength={100}
        className={dialog.field ?? ''}
      >
        <Label>Name</Label>
        <Input className="field" placeholder="CI of payments-api" autoComplete="off" />
      </TextField>
      <fieldset className={dialog.group}>
        <legend>Good for</legend>
        {scopes.map((scope) => (
          <label key={scope} className={dialog.option}>
            <input
              type="checkbox"
              checked={wanted.includes(scope)}
              onChange={({ target }) =>
                setWanted(target.checked ? [...wanted, scope] : wanted.filter((one) => one !== scope))
              }
            />
            <code>{scope}</code>
          </label>
        ))}
      </fieldset>
      <RadioGroup
        className={dialog.group ?? ''}
        value={days}
        onChange={(value) => setDays(value as keyof typeof expiries)}
      >
        <Label>Until</Label>
        <div className={dialog.row}>
          {Object.entries(expiries).map(([value, title]) => (
            <Radio key={value} value={value} className="button">
              {title}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <RadioGroup
        className={dialog.group ?? ''}
        value={owner}
        onChange={(value) => setOwner(value as 'viewer' | 'service')}
      >
        <Label>Owner</Label>
        <div className={dialog.row}>
          <Radio value="viewer" className="button">
            {login ?? 'me'}
          </Radio>
          <Radio value="service" className="button">
            a service, without a user
          </Radio>
        </div>
      </RadioGroup>
      <p className="muted">It enters the workspace {path.workspace} alone.</p>
      <p className="muted">
        A key for a colleague would open what is private to them: they approve one of their own by{' '}
        <code>dn login</code>, or whoever runs the gateway makes it:{' '}
        <code>
          session-gateway keys create --org {path.organization} --workspace {path.workspace} --user E-MAIL
        </code>
      </p>
      {failure !== null && <Failure error={failure} />}
      <div className={dialog.choices}>
        <Button className="button" onPress={onCancel}>
          Cancel
        </Button>
        <Button
          type="submit"
          className="button primary"
          isDisabled={isBusy || name.trim() === '' || wanted.length === 0}
        >
          Make it
        </Button>
      </div>
    </form>
  )
}
