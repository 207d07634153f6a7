import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { type BulkActName, bulkActs } from './bulk-acts'
import styles from './bulk-bar.module.css'
import type { ActRow } from './use-act-rows'

/** Those that the act would change and the viewer may do it to. */
export function fitting(rows: readonly ActRow[], name: BulkActName): readonly ActRow[] {
  const { right, applies } = bulkActs[name]
  return rows.filter((row) => row.viewerCan[right] && applies(row as never))
}

/** A button for an act, while it would change anything; what cannot be taken back asks first. */
export function ActButton({ name, count, onRun }: { name: BulkActName; count: number; onRun: () => void }) {
  const act = bulkActs[name]
  if (count === 0) return null
  if (!('warning' in act))
    return (
      <Button className="button" onPress={onRun}>
        {act.title}
      </Button>
    )
  return (
    <DialogTrigger>
      <Button className="button">{act.title}…</Button>
      <ModalOverlay className={styles.overlay ?? ''} isDismissable>
        <Modal className={styles.modal ?? ''}>
          <Dialog role="alertdialog" className={styles.dialog ?? ''}>
            {({ close }) => (
              <>
                <Heading slot="title">
                  {act.title} {count} {count === 1 ? 'session' : 'sessions'}?
                </Heading>
                <p>{act.warning}</p>
                <div className={styles.choices}>
                  <Button className="button" onPress={close} autoFocus>
                    Cancel
                  </Button>
                  <Button
                    className="button primary"
                    onPress={() => {
                      close()
                      onRun()
                    }}
                  >
                    {act.title}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
