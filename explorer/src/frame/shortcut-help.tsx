import { Suspense, useState } from 'react'
import { Button } from 'react-aria-components'
import { part } from '../parts/part'
import type { ScreenName } from './screen-names'
import styles from './shortcut-help.module.css'
import { useShortcuts } from './shortcuts'

const KeysDialog = part(() => import('./keys-dialog'))

/** All keys, over the page: by `?`, or by a button. */
export function ShortcutHelp({ screens }: { screens: readonly ScreenName[] }) {
  const [isOpen, setIsOpen] = useState(false)
  useShortcuts({ '?': () => setIsOpen(true) })
  return (
    <>
      <Button
        className={`button plain ${styles.opener}`}
        onPress={() => setIsOpen(true)}
        aria-label="Keys of the keyboard"
      >
        ?
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <KeysDialog screens={screens} onOpenChange={setIsOpen} />
        </Suspense>
      )}
    </>
  )
}
