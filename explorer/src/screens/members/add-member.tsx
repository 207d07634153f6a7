import { type FormEvent, useState } from 'react'
import { Button, DialogTrigger, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components'
import type { setMemberMutation } from '../../__generated__/setMemberMutation.graphql'
import { Choices, DialogFrame } from '../../parts/dialog-frame'
import { Failure } from '../../parts/failure-boundary'
import { useAct } from '../../parts/use-act'
import dialog from '../../styles/dialog.module.css'
import type { PagePath } from '../../view/path'
import { type Role, roleNames, roles } from './roles'
import { setMember } from './set-member'

interface AddMemberProps {
  path: PagePath
  onDone: () => void
}

/** Lets somebody in: whoever has the address of e-mail, or the login of somebody of the organization. */
export function AddMember({ path, onDone }: AddMemberProps) {
  return (
    <DialogTrigger>
      <Button className="button primary">Add a member…</Button>
      <DialogFrame title={`Who may enter ${path.workspace}`}>
        {(close) => (
          <MemberForm
            path={path}
            onCancel={close}
            onDone={() => {
              close()
              onDone()
            }}
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}

function MemberForm({ path, onCancel, onDone }: AddMemberProps & { onCancel: () => void }) {
  const { organization, workspace } = path
  const [user, setUser] = useState('')
  const [role, setRole] = useState<Role>('WRITE')
  const { act, isBusy, failure } = useAct<setMemberMutation>(setMember)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act({ organization, workspace, user: user.trim(), role }, onDone)
  }
  return (
    <form className={dialog.form} onSubmit={submit}>
      <TextField value={user} onChange={setUser} autoFocus isRequired className={dialog.field ?? ''}>
        <Label>E-mail address, or login of somebody in {organization}</Label>
        <Input className="field" placeholder="ada@example.com" autoComplete="off" maxLength={255} />
      </TextField>
      <RadioGroup className={dialog.group ?? ''} value={role} onChange={(value) => setRole(value as Role)}>
        <Label>Role</Label>
        <div className={dialog.row}>
          {roleNames.map((name) => (
            <Radio key={name} value={name} className="button">
              {roles[name].title}
            </Radio>
          ))}
        </div>
        <p className="muted">{roles[role].may}</p>
      </RadioGroup>
      {failure !== null && <Failure error={failure} />}
      <Choices>
        <Button className="button" onPress={onCancel}>
          Cancel
        </Button>
        <Button type="submit" className="button primary" isDisabled={isBusy || user.trim() === ''}>
          Add
        </Button>
      </Choices>
    </form>
  )
}
