import { useState } from 'react'

/** Which rows are selected, by their uuids; a range goes on from the row that was selected last. */
export function useSelection(rows: readonly { uuid: string }[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<number | null>(null)
  const isAll = rows.length > 0 && rows.every(({ uuid }) => selected.has(uuid))
  const toggle = (index: number, isRange = false) => {
    const row = rows[index]
    if (row === undefined) return
    const after = new Set(selected)
    if (isRange && last !== null) {
      const [from, to] = [Math.min(last, index), Math.max(last, index)]
      for (const { uuid } of rows.slice(from, to + 1)) after.add(uuid)
    } else if (!after.delete(row.uuid)) after.add(row.uuid)
    setLast(index)
    setSelected(after)
  }
  const clear = () => setSelected(new Set())
  const toggleAll = () => (isAll ? clear() : setSelected(new Set(rows.map(({ uuid }) => uuid))))
  return { selected, isAll, toggle, toggleAll, clear }
}
