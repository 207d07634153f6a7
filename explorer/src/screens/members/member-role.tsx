import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { setMemberMutation } from '../../__generated__/setMemberMutation.graphql'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { Failure } from '../../parts/failure-boundary'
import { visibleName } from '../../parts/show-controls'
import { useAct } from '../../parts/use-act'
import type { PagePath } from '../../view/path'
import styles from '../team/team-frame.module.css'
import { type Role, roleNames, roles } from './roles'
import { setMember } from './set-member'

interface MemberRoleProps {
  path: PagePath
  user: { readonly uuid: string; readonly login: string }
  role: Role
  /** Whether it is the one who looks, who is asked first: lower roles cannot take it back. */
  isViewer: boolean
  onChanged: () => void
}

/** The role of a member, and a menu that changes it. */
export function MemberRole({ path, user, role, isViewer, onChanged }: MemberRoleProps) {
  const { organization, workspace } = path
  const [wanted, setWanted] = useState<Role | null>(null)
  const { act, isBusy, failure, forget } = useAct<setMemberMutation>(setMember)
  const change = (to: Role) =>
    act({ organization, workspace, user: user.uuid, role: to }, () => {
      setWanted(null)
      onChanged()
    })
  const choose = (to: Role) => {
    if (to === role) return
    setWanted(to)
    if (!isViewer) change(to)
  }
  return (
    <>
      <MenuTrigger>
        <Button
          className={`button plain ${styles.picker}`}
          isDisabled={isBusy}
          aria-label={`Role of ${visibleName(user.login)}: ${roles[role].title}`}
        >
          {roles[isBusy && wanted !== null ? wanted : role].title} ▾
        </Button>
        <Popover className="popover">
          <Menu
            className="menu"
            aria-label={`Role of ${visibleName(user.login)}`}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[role]}
            onAction={(key) => choose(key as Role)}
          >
            {roleNames.map((name) => (
              <MenuItem key={name} id={name} className="menu-item" textValue={roles[name].title}>
                <span className={styles.role}>
                  {roles[name].title}
                  <span className="muted">{roles[name].may}</span>
                </span>
                <span aria-hidden="true">{name === role ? '✓' : ''}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {!isViewer && failure !== null && <Failure error={failure} />}
      {isViewer && wanted !== null && (
        <DialogFrame
          role="alertdialog"
          title={`Have the role ${roles[wanted].title} yourself?`}
          isOpen
          onOpenChange={() => {
            setWanted(null)
            forget()
          }}
        >
          {(close) => (
            <AskFirst
              verb="Change it"
              isBusy={isBusy}
              failure={failure}
              onCancel={close}
              onAgree={() => change(wanted)}
            >
              You will set no members and no keys here any more; another admin can give the role back.
            </AskFirst>
          )}
        </DialogFrame>
      )}
    </>
  )
}
