import { useMemo } from 'react'
import { useLocation } from 'wouter'
// The other one of its name decodes what is decoded here again.
import { useSearch } from 'wouter/use-browser-location'
import { readAddress, writeAddress } from './address'
import { emptyFilter, type ViewFilter } from './filter'
import { type PagePath, writePath } from './path'
import { reuse } from './reuse'

/** The filter that was read last, whose equal parts the next one is made of. */
let last = emptyFilter

/** How charts look: what is measured, and what they are split by, null as a screen usually has it; it goes along as the filter does. */
interface Look {
  measure: string | null
  by: string | null
}

/** The address as the page reads it: where it is, under which filter, and how to go elsewhere. */
export function useAddress(path: PagePath) {
  const [, navigate] = useLocation()
  const search = useSearch()
  return useMemo(() => {
    const params = new URLSearchParams(search)
    const filter = reuse(last, readAddress(params))
    last = filter
    const look: Look = { measure: params.get('measure'), by: params.get('by') }
    const at = (change: Partial<PagePath>, query: URLSearchParams, shown = look) => {
      for (const [name, value] of Object.entries(shown)) if (value !== null) query.set(name, value)
      const text = query.toString()
      return `${writePath({ ...path, ...change })}${text === '' ? '' : `?${text}`}`
    }
    return {
      filter,
      look,
      /** The `seq` of the message that a link points at; null for none. */
      message: readSeq(params.get('m')),
      href: (change: Partial<PagePath>) => at(change, writeAddress(filter)),
      /** Goes to another place, under the same filter unless another is given. */
      go: (change: Partial<PagePath>, changed: ViewFilter = filter) =>
        navigate(at(change, writeAddress(changed))),
      /** Goes to a session by a key, whose transcript then takes the next ones. */
      enter: (id: string) => navigate(at({ id }, writeAddress(filter)), { state: ENTERED }),
      /** Shows another view of the same place. */
      show: (changed: ViewFilter, { replace = false } = {}) =>
        navigate(at({}, writeAddress(changed)), { replace }),
      showAs: (changed: Partial<Look>) => navigate(at({}, writeAddress(filter), { ...look, ...changed })),
      point: (seq: number | null) => {
        const query = writeAddress(filter)
        if (seq !== null) query.set('m', String(seq))
        navigate(at({}, query), { replace: true })
      },
    }
  }, [search, path, navigate])
}

const ENTERED = 'entered'

/** Whether one came to what is shown by a key. */
export const wasEntered = (): boolean => history.state === ENTERED
export type Address = ReturnType<typeof useAddress>

function readSeq(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
