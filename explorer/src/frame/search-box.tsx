import { useEffect, useRef, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import type { PagePath } from '../view/path'
import { useAddress } from '../view/use-address'
import { useShortcuts } from './shortcuts'
import styles from './top-bar.module.css'

const PAUSE_MS = 200
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** Searches the sessions as one types; the id of a session opens it. */
export function SearchBox({ path }: { path: PagePath }) {
  const address = useAddress(path)
  const { search } = address.filter
  const [text, setText] = useState(search)
  const [written, setWritten] = useState(search)
  const input = useRef<HTMLInputElement>(null)
  // The address changed by itself: by Back, or by a chip that was taken off.
  if (search !== written) {
    setWritten(search)
    setText(search)
  }
  useEffect(() => {
    if (text === written) return
    const timer = setTimeout(() => {
      setWritten(text)
      if (uuid.test(text.trim())) address.go({ screen: 'sessions', id: text.trim().toLowerCase() })
      else if (path.screen === 'sessions')
        address.show({ ...address.filter, search: text }, { replace: true })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, written, address, path.screen])
  useShortcuts({ '/': () => input.current?.focus() })
  return (
    <SearchField
      className={styles.search ?? ''}
      aria-label="Search sessions"
      value={text}
      onChange={setText}
      onSubmit={() => {
        input.current?.blur()
        // Other screens are not what one searches for.
        if (path.screen !== 'sessions')
          address.go({ screen: 'sessions', id: null }, { ...address.filter, search: text })
      }}
      maxLength={200}
    >
      <Input ref={input} className="field" placeholder="/ search, or paste an id" />
    </SearchField>
  )
}
