import type { ReactNode } from 'react'
import { absolute } from '../format'

/** A moment in the words between, and to the second for whoever points at it. */
export function Time({ at, children }: { at: string; children: ReactNode }) {
  return (
    <time dateTime={at} title={absolute(at)}>
      {children}
    </time>
  )
}
