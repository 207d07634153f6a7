import { useMemo, useState, useSyncExternalStore } from 'react'
import { type ColumnName, readColumns, usualColumns } from './columns'

const SCROLLBAR = 16

/** What the list has beside its filters, whose width the styles say. */
const widthOfList = () => {
  const { innerWidth } = window
  return innerWidth - (innerWidth >= 2000 ? 288 : innerWidth > 700 ? 248 : 0) - SCROLLBAR
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
