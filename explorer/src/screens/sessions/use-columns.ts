import { useMemo, useState, useSyncExternalStore } from 'react'
import { type ColumnName, readColumns, usualColumns } from './columns'

/** A list that tells facts in a second line has room for those of one so wide. */
const WITH_FACTS = 1000

const SCROLLBAR = 16

/** What the list has beside its filters, whose width the styles say. */
const widthOfList = () => {
  const { innerWidth } = window
  if (innerWidth <= 700) return WITH_FACTS
  return innerWidth - (innerWidth >= 2000 ? 288 : 248) - SCROLLBAR
}

/** The columns that the viewer chose; before that as many as there is room for, and a way to choose. */
export function useColumns(): [readonly ColumnName[], (names: ColumnName[]) => void] {
  const [chosen, setChosen] = useState(readColumns)
  const usual = useSyncExternalStore(watchWidth, () => usualColumns(widthOfList()).join())
  const shown = useMemo(() => chosen ?? (usual.split(',') as ColumnName[]), [chosen, usual])
  return [shown, setChosen]
}

function watchWidth(tell: () => void): () => void {
  window.addEventListener('resize', tell)
  return () => window.removeEventListener('resize', tell)
}
