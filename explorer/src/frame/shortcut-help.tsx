import { useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import dialog from '../styles/dialog.module.css'
import { type ScreenName, screenTitles } from './screen-names'
import styles from './shortcut-help.module.css'
import { useShortcuts } from './shortcuts'

const parts: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Anywhere',
    keys: [
      ['/', 'search sessions and messages, or paste an id'],
      ['?', 'show these keys'],
    ],
  },
  {
    title: 'Sessions',
    keys: [
      ['j  k', 'next, previous'],
      ['Enter', 'open'],
      ['Esc', 'close, or select none'],
      ['x', 'select'],
      ['e', 'archive'],
      ['l', 'label'],
    ],
  },
  {
    title: 'A session',
    keys: [
      ['f', 'find in it; Enter goes on'],
      ['n  p', 'next, previous turn'],
      [']  [', 'next, previous failed call'],
    ],
  },
]

/** All keys, over the page: by `?`, or by a button. */
export function ShortcutHelp({ screens }: { screens: readonly ScreenName[] }) {
  const [isOpen, setIsOpen] = useState(false)
  useShortcuts({ '?': () => setIsOpen(true) })
  const places = screens.map(
    (name) => [screenTitles[name].key, screenTitles[name].title.toLowerCase()] as const,
  )
  return (
    <>
      <Button
        className={`button plain ${styles.opener}`}
        onPress={() => setIsOpen(true)}
        aria-label="Keys of the keyboard"
      >
        ?
      </Button>
      <ModalOverlay className={dialog.overlay ?? ''} isOpen={isOpen} onOpenChange={setIsOpen} isDismissable>
        <Modal className={dialog.modal ?? ''}>
          <Dialog className={dialog.dialog ?? ''}>
            {({ close }) => (
              <>
                <Heading slot="title">Keys</Heading>
                {[...parts, { title: 'Go to', keys: places }].map(({ title, keys }) => (
                  <section key={title}>
                    <h3 className={styles.title}>{title}</h3>
                    <dl className={styles.keys}>
                      {keys.map(([key, does]) => (
                        <div key={key} className={styles.row}>
                          <dt>
                            <kbd>{key}</kbd>
                          </dt>
                          <dd>{does}</dd>
                        </div>
                      ))}
                    </dl>
                  </section>
                ))}
                <div className={dialog.choices}>
                  <Button className="button" onPress={close} autoFocus>
                    Close
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}
