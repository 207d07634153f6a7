import { Link } from 'wouter'
import { exact, money } from '../../format'
import { visibleName } from '../../parts/show-controls'
import { type PagePath, writePath } from '../../view/path'
import styles from './transcript.module.css'
import type { RelatedSession, Subagents } from './use-subagents'

/** Leads to the session of an agent that was called, or that called. */
export function RelatedLink({ session, path }: { session: RelatedSession; path: PagePath }) {
  const { uuid, title, previewText, agent, messageCount, failedCallCount, usage } = session
  const facts = [
    agent && visibleName(agent),
    `${exact(messageCount)} ${messageCount === 1 ? 'message' : 'messages'}`,
    failedCallCount > 0 && `✗ ${exact(failedCallCount)}`,
    Number(usage.totalCostUsd) > 0 && money(usage.totalCostUsd),
  ].filter(Boolean)
  return (
    <>
      <Link to={`${writePath({ ...path, screen: 'sessions', id: uuid })}${location.search}`} dir="auto">
        {visibleName(title ?? previewText ?? 'Untitled')}
      </Link>{' '}
      <span className="muted">{facts.join(' · ')}</span>
    </>
  )
}

/** What called the session, and what it called of which no call is known. */
export function Related({ subagents, path }: { subagents: Subagents; path: PagePath }) {
  const { caller, others } = subagents
  const shown = [
    ...(caller === null ? [] : [{ how: 'called by', session: caller }]),
    ...others.map((session) => ({ how: 'called', session })),
  ]
  return shown.map(({ how, session }) => (
    <p key={session.uuid} className={styles.related}>
      {how} <RelatedLink session={session} path={path} />
    </p>
  ))
}
