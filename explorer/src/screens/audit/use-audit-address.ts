import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { useSearch } from 'wouter/use-browser-location'
import { type PagePath, writePath } from '../../view/path'
import { type AuditView, readAuditView, writeAuditView } from './audit-view'

/** The view that the address says, and how to show another one. */
export function useAuditAddress(path: PagePath) {
  const [, navigate] = useLocation()
  const search = useSearch()
  return useMemo(() => {
    const view = readAuditView(new URLSearchParams(search))
    return {
      view,
      show: (change: Partial<AuditView>) => {
        const query = writeAuditView({ ...view, ...change }).toString()
        navigate(`${writePath(path)}${query === '' ? '' : `?${query}`}`)
      },
    }
  }, [search, path, navigate])
}
export type AuditAddress = ReturnType<typeof useAuditAddress>
