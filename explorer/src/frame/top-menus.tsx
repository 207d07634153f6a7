import { Button, Menu, MenuItem } from 'react-aria-components'
import { holdKey, readKey, signOut } from '../gateway/key'
import BringIn from '../parts/bring-in'
import { Choices, DialogFrame } from '../parts/dialog-frame'
import { visibleName } from '../parts/show-controls'
import { type PagePath, writePath } from '../view/path'

interface WorkspacesMenuProps {
  organization: string
  workspaces: readonly { readonly slug: string; readonly name: string }[]
  screen: string
}

/** The workspaces that one may enter, each with the screen that is shown. */
export function WorkspacesMenu({ organization, workspaces, screen }: WorkspacesMenuProps) {
  return (
    <Menu className="menu" aria-label="Workspaces">
      {workspaces.map(({ slug, name }) => (
        <MenuItem
          key={slug}
          className="menu-item"
          textValue={visibleName(name)}
          href={writePath({ organization, workspace: slug, screen, id: null })}
        >
          {visibleName(name)} <span className="muted">{slug}</span>
        </MenuItem>
      ))}
    </Menu>
  )
}

/** How to bring sessions in, what else the gateway shows, and how to leave. */
export function ViewerMenu({ onBringIn }: { onBringIn: () => void }) {
  return (
    <Menu className="menu" aria-label="Viewer">
      <MenuItem className="menu-item" onAction={onBringIn}>
        Bring sessions in…
      </MenuItem>
      <MenuItem className="menu-item" href="/graphql" target="_blank">
        GraphiQL
      </MenuItem>
      <MenuItem className="menu-item" href="/docs" target="_blank">
        REST reference
      </MenuItem>
      {readKey() === null ? (
        <MenuItem className="menu-item" onAction={signOut}>
          Sign out
        </MenuItem>
      ) : (
        <MenuItem className="menu-item" onAction={() => holdKey(null, false)}>
          Forget the key
        </MenuItem>
      )}
    </Menu>
  )
}

/** How to bring sessions in, over the page. */
export function BringInDialog({ path, onClose }: { path: PagePath; onClose: () => void }) {
  return (
    <DialogFrame title="Bring sessions in" isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      {(close) => (
        <>
          <BringIn path={path} />
          <Choices>
            <Button className="button" onPress={close} autoFocus>
              Close
            </Button>
          </Choices>
        </>
      )}
    </DialogFrame>
  )
}
