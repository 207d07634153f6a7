import { Button } from 'react-aria-components'
import { Choices, DialogFrame } from '../parts/dialog-frame'
import { type ScreenName, screenTitles } from './screen-names'
import styles from './shortcut-help.module.css'

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

interface KeysDialogProps {
  screens: readonly ScreenName[]
  onOpenChange: (isOpen: boolean) => void
}

/** All keys, by what they are for. */
export default function KeysDialog({ screens, onOpenChange }: KeysDialogProps) {
  const places = screens.map(
    (name) => [screenTitles[name].key, screenTitles[name].title.toLowerCase()] as const,
  )
  return (
    <DialogFrame title="Keys" isOpen onOpenChange={onOpenChange}>
      {(close) => (
        <>
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
