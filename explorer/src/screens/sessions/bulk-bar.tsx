import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { exportMenu_sessions$key } from '../../__generated__/exportMenu_sessions.graphql'
import type { useActRows_sessions$key } from '../../__generated__/useActRows_sessions.graphql'
import { ActButton, fitting } from '../../acts/act-button'
import { type BulkActName, bulkActNames } from '../../acts/bulk-acts'
import styles from '../../acts/bulk-bar.module.css'
import { ExportMenu } from '../../acts/export-menu'
import { LabelDialog } from '../../acts/label-dialog'
import { MoveDialog } from '../../acts/move-dialog'
import { Outcomes } from '../../acts/outcomes'
import { useActRows } from '../../acts/use-act-rows'
import { useBulk } from '../../acts/use-bulk'
import { useShortcuts } from '../../frame/shortcuts'
import type { PagePath } from '../../view/path'

interface BulkBarProps {
  path: PagePath
  sessions: useActRows_sessions$key & exportMenu_sessions$key
  /** Where the keyboard stands, which acts go to while nothing is selected. */
  current: useActRows_sessions$key[number] | null
  onClear: () => void
}

/** What can be done to the selected sessions, and what came of the last act. */
export default function BulkBar({ path, sessions, current, onClear }: BulkBarProps) {
  const given = useActRows(current === null ? sessions : [...sessions, current])
  const selected = current === null ? given : given.slice(0, -1)
  const aimed = selected.length > 0 ? selected : given.slice(-1)
  const bulk = useBulk(path)
  const run = (name: BulkActName) => {
    const fit = fitting(aimed, name)
    if (fit.length > 0) bulk.run(name, fit)
  }
  const [isLabelling, setIsLabelling] = useState(false)
  useShortcuts({
    e: () => run('archive'),
    l: () => aimed.some((row) => row.viewerCan.annotate) && setIsLabelling(true),
  })
  const labelled = aimed.filter((row) => row.viewerCan.annotate).map(({ uuid }) => uuid)
  return (
    <footer className={styles.footer}>
      <Outcomes bulk={bulk} />
      {isLabelling && (
        <LabelDialog
          onClose={() => setIsLabelling(false)}
          onDone={(label) => bulk.label(labelled, label, 'add')}
          count={labelled.length}
        />
      )}
      {selected.length > 0 && (
        <div className={styles.bar} role="toolbar" aria-label="Selected sessions">
          <strong>{selected.length} selected</strong>
          {bulkActNames.map((name) => (
            <ActButton
              key={name}
              name={name}
              count={fitting(selected, name).length}
              onRun={() => run(name)}
            />
          ))}
          {labelled.length > 0 && (
            <Button className="button" onPress={() => setIsLabelling(true)}>
              Label…
            </Button>
          )}
          <MoveDialog
            path={path}
            sessions={selected.filter((row) => row.viewerCan.move)}
            onMove={bulk.move}
          />
          <ExportMenu sessions={sessions} path={path} />
          <Button className="button plain" onPress={onClear}>
            Clear
          </Button>
        </div>
      )}
    </footer>
  )
}
