import { Button } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { sessionHead_session$key } from '../../__generated__/sessionHead_session.graphql'
import { compact, date, duration, exact, isUntold, money, since } from '../../format'
import { Failure } from '../../parts/failure-boundary'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { StateMarks } from '../../parts/state-marks'
import { Time } from '../../parts/time'
import { type PagePath, writePath } from '../../view/path'
import { kindTitles } from '../groups/group-words'
import { AddAnnotation, AnnotationChips } from './annotations/annotation-list'
import type { Annotations } from './annotations/use-annotations'
import { LabelEditor } from './label-editor'
import { ModelUsage } from './model-usage'
import { SessionActs } from './session-acts'
import styles from './session-pane.module.css'
import { TitleEditor } from './title-editor'
import { ToolCalls } from './tool-calls'
import type { Outlined } from './use-outline'

interface SessionHeadProps {
  session: sessionHead_session$key
  outline: Outlined
  annotations: Annotations
  path: PagePath
  onClose: () => void
}

/** What a session is: title, people, numbers, state, and what can be done to it. */
export function SessionHead({ session: key, outline, annotations, path, onClose }: SessionHeadProps) {
  const session = useFragment(
    graphql`
      fragment sessionHead_session on Session {
        uuid
        agent
        model
        createdBy {
          login
          fullName
        }
        project {
          name
        }
        group {
          uuid
          title
          kind
          sessionCount
        }
        messageCount
        usage {
          totalTokens
          totalInputTokens
          totalOutputTokens
          totalCacheReadInputTokens
          totalCacheCreationInputTokens
          totalCostUsd
          totalToolCallCount
          compactionCount
        }
        createdAt
        startedAt
        lastMessageAt
        ...stateMarks_session
        ...titleEditor_session
        ...labelEditor_session
        ...sessionActs_session
      }
    `,
    key,
  )
  const now = useNow()
  const { usage } = session
  const buckets = [
    `${exact(usage.totalInputTokens)} input`,
    `${exact(usage.totalOutputTokens)} output`,
    `${exact(usage.totalCacheReadInputTokens)} cache read`,
    `${exact(usage.totalCacheCreationInputTokens)} cache creation`,
  ].join('\n')
  const at = session.lastMessageAt ?? session.createdAt
  const length =
    session.startedAt != null && session.lastMessageAt != null
      ? Date.parse(session.lastMessageAt) - Date.parse(session.startedAt)
      : null
  const said = {
    path,
    id: session.uuid,
    messageId: null,
    what: 'the session',
    shown: annotations.ofSession,
    annotations,
  }
  return (
    <header className={styles.head}>
      <div className={styles.first}>
        <TitleEditor session={session} path={path} />
        <StateMarks session={session} />
        <div className={styles.acts}>
          <SessionActs session={session} path={path} onGone={onClose} />
        </div>
        <Button className={`button plain ${styles.close}`} onPress={onClose} aria-label="Close the session">
          ×
        </Button>
      </div>
      <div className={styles.facts}>
        {session.agent && <span dir="auto">{visibleName(session.agent)}</span>}
        {session.model && <span dir="auto">{visibleName(session.model)}</span>}
        {session.createdBy != null && (
          <span title={visibleName(session.createdBy.fullName ?? session.createdBy.login)}>
            {visibleName(session.createdBy.login)}
          </span>
        )}
        {session.project != null && <span dir="auto">{visibleName(session.project.name)}</span>}
        {session.group != null && (
          <Link
            to={writePath({ ...path, screen: 'groups', id: session.group.uuid })}
            title={visibleName(session.group.title ?? 'Group')}
          >
            {kindTitles[session.group.kind]}, {exact(session.group.sessionCount)}{' '}
            {session.group.sessionCount === 1 ? 'session' : 'sessions'}
          </Link>
        )}
        <span title={exact(session.messageCount)}>
          {compact(session.messageCount)} {session.messageCount === 1 ? 'message' : 'messages'}
        </span>
        {!isUntold(usage) && (
          <>
            <span title={buckets}>{compact(usage.totalTokens)} tokens</span>
            <span title={usage.totalCostUsd == null ? 'unknown' : `$${usage.totalCostUsd}`}>
              {money(usage.totalCostUsd)}
            </span>
            <ModelUsage outline={outline} />
          </>
        )}
        <ToolCalls count={usage.totalToolCallCount} outline={outline} />
        {length !== null && <span>{duration(length)}</span>}
        <Time at={session.createdAt}>made {date(session.createdAt)}</Time>
        <Time at={at}>active {since(at, now)}</Time>
      </div>
      <div className={styles.marks}>
        <LabelEditor session={session} path={path} add={<AddAnnotation {...said} />}>
          <AnnotationChips {...said} />
        </LabelEditor>
      </div>
      {annotations.failure !== null && <Failure error={annotations.failure} onRetry={annotations.renew} />}
    </header>
  )
}
