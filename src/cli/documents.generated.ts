/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A range of amounts, both ends included; an absent or null end is open. */
export type AmountRange = {
  /** The greatest amount; null for no greatest. */
  readonly max?: number | null | undefined;
  /** The least amount; null for no least. */
  readonly min?: number | null | undefined;
};

/** What one annotation has. Members combine with AND, the values of one with OR; an absent or null one does not narrow, an empty list of values matches nothing. */
export type AnnotationCondition = {
  /** Its label, exactly; null for any or none. */
  readonly labels?: ReadonlyArray<string> | null | undefined;
  /** Its name, exactly; null for any. */
  readonly name?: string | null | undefined;
  /** Range of its score, compared as the nearest doubles; null for any or none. One without a score is in no range that has an end. */
  readonly score?: AmountRange | null | undefined;
  /** What it comes from; null for anything. */
  readonly sources?: ReadonlyArray<AnnotationSource> | null | undefined;
};

/** What an annotation comes from. */
export type AnnotationSource =
  /** A model that judged it. */
  | 'MODEL'
  /** Somebody who read it. */
  | 'PERSON'
  /** A rule or program that checked it. */
  | 'RULE';

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type AppendTranscriptInput = {
  /** The agent, model and system prompt that they are made under, if those change. */
  readonly context?: TranscriptContextInput | null | undefined;
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** 1 to 500 messages, appended in this order. */
  readonly messages: ReadonlyArray<MessageInput>;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

/** Which sessions to take by their archived state. */
export type ArchivedState =
  /** Those not archived. */
  | 'ACTIVE'
  /** Both. */
  | 'ANY'
  /** Those archived. */
  | 'ARCHIVED';

/** What was done, or would have been. */
export type AuditAct =
  /** A role of the database was let read, by the command line. */
  | 'ALLOW_READER'
  /** Title or labels of a session were set by a writer of its workspace. */
  | 'ANNOTATE_SESSION'
  /** Messages were appended to a transcript. */
  | 'APPEND_MESSAGES'
  /** A program was let have a key of a user. */
  | 'APPROVE_DEVICE_LOGIN'
  /** A session was archived. */
  | 'ARCHIVE_SESSION'
  /** A turn of a session was cancelled. */
  | 'CANCEL_TURN'
  /** The beginning of a transcript was replaced by a summary. */
  | 'COMPACT_TRANSCRIPT'
  /** A session or a message was annotated. */
  | 'CREATE_ANNOTATION'
  /** A group of sessions was made. */
  | 'CREATE_GROUP'
  /** A key was made. */
  | 'CREATE_KEY'
  /** An organization was made by an operator. */
  | 'CREATE_ORGANIZATION'
  /** A project was made. */
  | 'CREATE_PROJECT'
  /** A retention rule was made. */
  | 'CREATE_RETENTION_RULE'
  /** A session was made. */
  | 'CREATE_SESSION'
  /** A workspace was made. */
  | 'CREATE_WORKSPACE'
  /** An annotation of a session was deleted. */
  | 'DELETE_ANNOTATION'
  /** A saved filter was deleted. */
  | 'DELETE_FILTER'
  /** A project was deleted. */
  | 'DELETE_PROJECT'
  /** A retention rule was taken away. */
  | 'DELETE_RETENTION_RULE'
  /** A session was deleted with its transcript. */
  | 'DELETE_SESSION'
  /** A program that asked for a key was denied one. */
  | 'DENY_DEVICE_LOGIN'
  /** A turn of a session ended. */
  | 'END_TURN'
  /** A session was erased with all of its user’s. */
  | 'ERASE_SESSION'
  /** A session was deleted by a retention rule. */
  | 'EXPIRE_SESSION'
  /** A session was frozen on behalf of an evaluation. */
  | 'FREEZE_FOR_EVALUATION'
  /** A session was frozen. */
  | 'FREEZE_SESSION'
  /** Labels were added to a session or taken away. */
  | 'LABEL_SESSION'
  /** A session was put into a project or group. */
  | 'MOVE_SESSION'
  /** A user pinned a session. */
  | 'PIN_SESSION'
  /** A role of the database may read no more, by the command line. */
  | 'REFUSE_READER'
  /** A user’s role in a workspace was taken away. */
  | 'REMOVE_MEMBER'
  /** A key was revoked. */
  | 'REVOKE_KEY'
  /** The end of a transcript was deleted. */
  | 'REWIND_TRANSCRIPT'
  /** A filter was saved, or changed, or shared. */
  | 'SAVE_FILTER'
  /** A stored session was saved again and changed. */
  | 'SAVE_SESSION'
  /** Made-up sessions were written, by the command line. */
  | 'SEED_SESSIONS'
  /** The reference of a session to an evaluation was set or cleared. */
  | 'SET_EVALUATION_REF'
  /** A user was given a role in a workspace. */
  | 'SET_MEMBER'
  /** A session was shared with its workspace. */
  | 'SHARE_SESSION'
  /** A person signed in with a browser. */
  | 'SIGN_IN'
  /** A turn of a session began. */
  | 'START_TURN'
  /** An importer deleted the end of a transcript to bring it anew. */
  | 'TAKE_BACK_MESSAGES'
  /** A session was brought back from the archive. */
  | 'UNARCHIVE_SESSION'
  /** A user took a pin from a session. */
  | 'UNPIN_SESSION'
  /** An annotation of a session was changed. */
  | 'UPDATE_ANNOTATION'
  /** A group of sessions was changed. */
  | 'UPDATE_GROUP'
  /** Name or description of an organization was changed. */
  | 'UPDATE_ORGANIZATION'
  /** A project was changed. */
  | 'UPDATE_PROJECT'
  /** A retention rule was changed. */
  | 'UPDATE_RETENTION_RULE'
  /** A session was changed by its owner. */
  | 'UPDATE_SESSION'
  /** Name or description of a workspace was changed. */
  | 'UPDATE_WORKSPACE';

/** The way in that a call took. */
export type AuditFace =
  /** A command that worked on the store itself, without a key. */
  | 'CLI'
  /** The workspace sessions API. */
  | 'DREADNODE'
  /** The organization sessions API. */
  | 'EVERRUNS'
  /** None: the gateway did it by itself, by a retention rule or at a sign-in. */
  | 'GATEWAY'
  /** GraphQL, which the explorer and the command line ask as well. */
  | 'GRAPHQL'
  /** Traces of OpenTelemetry. */
  | 'OTLP';

/** Which entries of the audit to take; members hold together. */
export type AuditFilter = {
  /** What was done; absent and null take all, an empty list none. */
  readonly acts?: ReadonlyArray<AuditAct> | null | undefined;
  /** Uuid of the key that acted; absent and null take all. */
  readonly keyId?: string | null | undefined;
  /** How the key that acted begins, as `ApiKey.prefix`; absent and null take all. */
  readonly keyPrefix?: string | null | undefined;
  /** What became of it; absent and null take all. */
  readonly outcome?: AuditOutcome | null | undefined;
  /** From when on; absent and null set no bound. */
  readonly since?: string | null | undefined;
  /** Uuid of what it was done to: a session, group, project, saved filter or key; absent and null take all. */
  readonly subjectId?: string | null | undefined;
  /** Before when; absent and null set no bound. */
  readonly until?: string | null | undefined;
  /** Uuid of the user who acted; absent and null take all. */
  readonly userId?: string | null | undefined;
  /** Uuid of the workspace; absent and null take all. */
  readonly workspaceId?: string | null | undefined;
};

/** What became of an act. */
export type AuditOutcome =
  /** It was done, in the transaction of the entry. */
  | 'DONE'
  /** It was refused, and `code` says how. */
  | 'REFUSED';

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type CompactTranscriptInput = {
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** The message that stands for those rows from now on. */
  readonly summary: MessageInput;
  /** Seq of the last row to replace. */
  readonly upToSeq: number;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

/** A range of counts, both ends included; an absent or null end is open. */
export type CountRange = {
  /** The greatest count; null for no greatest. */
  readonly max?: number | null | undefined;
  /** The least count; null for no least. */
  readonly min?: number | null | undefined;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type CreateProjectInput = {
  /** What it is for; up to 2,000 characters. */
  readonly description?: string | null | undefined;
  /** The name for people: 1 to 255 characters. */
  readonly name: string;
  /** Key of the organization. */
  readonly organization: string;
  /** The key: up to 63 lower-case letters, digits and hyphens, no uuid, unique in the workspace; absent and null make it from the name. */
  readonly slug?: string | null | undefined;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type CreateRetentionRuleInput = {
  /** Only archived sessions; absent and null take all. */
  readonly archivedOnly?: boolean | null | undefined;
  /** Only sessions with this label; absent and null take all. */
  readonly label?: RetentionLabelInput | null | undefined;
  /** How many days sessions stay, as `RetentionRule.olderThanDays`; up to 36,500. */
  readonly olderThanDays: number;
  /** Key of the organization. */
  readonly organization: string;
  /** Key of the workspace; absent and null mean the whole organization, which takes the role ADMIN in its default workspace. */
  readonly workspace?: string | null | undefined;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type CreateSessionGroupInput = {
  /** Name of the capability at work; up to 255 characters. */
  readonly capability?: string | null | undefined;
  /** Version of the capability; up to 255 characters. */
  readonly capabilityVersion?: string | null | undefined;
  /** Uuid of the evaluation it belongs to. */
  readonly evaluationId?: string | null | undefined;
  /** Uuid of the attempt at that item. */
  readonly evaluationItemAttemptId?: string | null | undefined;
  /** Uuid of the item of that evaluation. */
  readonly evaluationItemId?: string | null | undefined;
  /** Uuid made by the client, which makes a repeated call harmless; made here when absent or null. */
  readonly id?: string | null | undefined;
  /** What ties the sessions together. */
  readonly kind: SessionGroupKind;
  /** Anything the client wants to keep with it; up to 64 KiB as JSON. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Key of the organization. */
  readonly organization: string;
  /** Uuid of a project of the workspace. */
  readonly projectId: string;
  /** Uuid of the runtime that owns it. */
  readonly runtimeId?: string | null | undefined;
  /** How far it is; RUNNING when absent or null. */
  readonly status?: SessionGroupStatus | null | undefined;
  /** The title; up to 255 characters. */
  readonly title?: string | null | undefined;
  /** Name of the worker that runs it; up to 255 characters. */
  readonly worker?: string | null | undefined;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type DeleteProjectInput = {
  /** Key of the organization. */
  readonly organization: string;
  /** Key or uuid of the project. */
  readonly project: string;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type DeleteRetentionRuleInput = {
  /** Uuid of the rule. */
  readonly id: string;
  /** Key of the organization. */
  readonly organization: string;
  /** Key of the workspace; absent and null mean the whole organization, which takes the role ADMIN in its default workspace. */
  readonly workspace?: string | null | undefined;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type DeleteSessionInput = {
  /** The `updatedAt` that the caller last saw. If the session has changed since, nothing is changed and the error is `CONFLICT`, with the session as it is in `extensions.present` for a key that may read; absent and null expect nothing. */
  readonly expectedUpdatedAt?: string | null | undefined;
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

/** A label key with its values. */
export type LabelInput = {
  /** The key: lower-case letters, digits, `_`, `.` and `-`; up to 64 characters. */
  readonly key: string;
  /** Up to 32 values of 1 to 256 characters; the order does not count. */
  readonly values: ReadonlyArray<string>;
};

/** A message to append; an absent or null member says nothing. */
export type MessageInput = {
  /** What is said. Here, in metadata, arguments and names of calls U+0000 and lone surrogates are stored as U+FFFD. */
  readonly content?: string;
  /** When it was said, for transcripts of the past; needs a key of scope `sessions:import`. The moment of the append when absent or null. */
  readonly createdAt?: string | null | undefined;
  /** Uuid made by the client, which makes a repeated call harmless; made here when absent. */
  readonly id?: string | null | undefined;
  /** Whether the call that it is the result of failed; for role TOOL alone, absent or null when unknown. */
  readonly isError?: boolean | null | undefined;
  /** Anything the client wants to keep with it; up to 200 levels. */
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** Uuid of the message it answers; stored as given. */
  readonly parentId?: string | null | undefined;
  /** Who speaks. */
  readonly role: MessageRole;
  /** The id of the call it is the result of; for role TOOL. */
  readonly toolCallId?: string | null | undefined;
  /** Calls that the agent asks for; up to 1,000. */
  readonly toolCalls?: ReadonlyArray<ToolCallInput> | null | undefined;
  /** What producing it consumed, if known. */
  readonly usage?: MessageUsageInput | null | undefined;
};

/** Who speaks in a message. */
export type MessageRole =
  /** The agent. */
  | 'ASSISTANT'
  /** Instructions to the agent. */
  | 'SYSTEM'
  /** A tool that the agent called. */
  | 'TOOL'
  /** The person or program that the agent serves. */
  | 'USER';

/** What producing a message consumed, in disjoint buckets. */
export type MessageUsageInput = {
  /** Input tokens written to a cache. */
  readonly cacheCreationInputTokens?: number;
  /** Input tokens read from a cache. */
  readonly cacheReadInputTokens?: number;
  /** Cost in US dollars; null or absent means unknown. */
  readonly costUsd?: number | null | undefined;
  /** Uncached input tokens. */
  readonly inputTokens?: number;
  /** Output tokens. */
  readonly outputTokens?: number;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type MoveSessionsInput = {
  /** Uuid of a group that the viewer sees; null takes them out of theirs, absent leaves them. */
  readonly groupId?: string | null | undefined;
  /** Uuids; 1 to 200 together with `sessionIds`. Duplicates are ignored. */
  readonly ids: ReadonlyArray<string>;
  /** Key of the organization. */
  readonly organization: string;
  /** Uuid of a project of the workspace; null takes them out of theirs, absent leaves them. */
  readonly projectId?: string | null | undefined;
  /** Global ids of further sessions; with these alone, `ids` is an empty list. */
  readonly sessionIds?: ReadonlyArray<string | number> | null | undefined;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** A label with one value. */
export type RetentionLabelInput = {
  /** The key. */
  readonly key: string;
  /** The value. */
  readonly value: string;
};

/** What a member may do in a workspace. */
export type Role =
  /** Also freezes and deletes visible sessions of others, updates visible groups, deletes projects, and makes and revokes keys. */
  | 'ADMIN'
  /** Reads every visible session and pins. */
  | 'READ'
  /** Also saves sessions and acts on its own. */
  | 'WRITE';

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type RunRetentionInput = {
  /** Only say what would go; absent and null mean false. */
  readonly dryRun?: boolean | null | undefined;
  /** Key of the organization. */
  readonly organization: string;
  /** Key of the workspace; absent and null mean the whole organization, which takes the role ADMIN in its default workspace. */
  readonly workspace?: string | null | undefined;
};

/** What saving a session did. */
export type SaveOutcome =
  /** The id was unknown; the session is new. */
  | 'CREATED'
  /** Everything sent was stored already. */
  | 'UNCHANGED'
  /** Something stored changed. */
  | 'UPDATED';

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type SaveSessionInput = {
  /** Name of the agent; up to 255 characters. */
  readonly agent?: string | null | undefined;
  /** When it began, for sessions of the past; needs a key of scope `sessions:import`. Absent means now at creation; a stored session takes an earlier one alone. */
  readonly createdAt?: string | null | undefined;
  /** Only say what the call would do: all is checked, and nothing is changed. */
  readonly dryRun?: boolean | null | undefined;
  /** The `updatedAt` that the caller last saw. If the session has changed since, nothing is changed and the error is `CONFLICT`, with the session as it is in `extensions.present` for a key that may read; absent and null expect nothing. */
  readonly expectedUpdatedAt?: string | null | undefined;
  /** Uuid of a group that the viewer sees. */
  readonly groupId?: string | null | undefined;
  /** Uuid made by the client; unique in the organization. */
  readonly id: string;
  /** Replaces all labels but the reserved ones, which join. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** The counter that lists show, in messages. */
  readonly messageCount?: number | null | undefined;
  /** Name of the model; up to 255 characters. An empty one leaves that of a stored session. */
  readonly model: string;
  /** Key of the organization. */
  readonly organization: string;
  /** What it is run for: USER, EVAL or WORKER. Counts at creation only, where absent means USER. */
  readonly origin?: SessionOrigin | null | undefined;
  /** Uuid of a project of the workspace. */
  readonly projectId?: string | null | undefined;
  /** Uuid of the runtime that owns the session. */
  readonly runtimeId?: string | null | undefined;
  /** The title; up to 255 characters. */
  readonly title?: string | null | undefined;
  /** Who made the title up; PERSON when absent or null. A title by MACHINE never takes the place of a person’s: that one stays, and the rest of the call is done. */
  readonly titleSource?: TitleSource | null | undefined;
  /** Who sees it besides its owner. Counts at creation only, where absent means PRIVATE. */
  readonly visibility?: SessionVisibility | null | undefined;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** Whether a bulk call changed a session. */
export type SessionActResult =
  /** It is done now. */
  | 'DONE'
  /** It was not done; `refusal` says why. */
  | 'REFUSED'
  /** It was so already; nothing is written. */
  | 'UNCHANGED';

/** A condition on sessions, for `and`, `or` and `not`. Its members combine as those of `SessionFilter` do; an absent or null one does not narrow. In one filter: up to 5 levels, 50 conditions and 5,000 values. */
export type SessionCondition = {
  /** A range that the session’s time overlaps: from `createdAt` to `lastMessageAt`, both moments included; only `createdAt` while there is no message. */
  readonly activeBetween?: TimeRange | null | undefined;
  /** Public ids of agents, `agent_` and 32 hex digits; all zeros for sessions without one. */
  readonly agentIds?: ReadonlyArray<string> | null | undefined;
  /** Names of agents, exactly; a session without an agent has no name. */
  readonly agents?: ReadonlyArray<string> | null | undefined;
  /** Conditions that must all hold; an empty list does not narrow. */
  readonly and?: ReadonlyArray<SessionCondition> | null | undefined;
  /** True: it or a message of it has annotations. False: there are none. */
  readonly annotated?: boolean | null | undefined;
  /** Annotations on the session or on messages of it: each entry is met by one annotation that has all of it; entries combine with AND, and an empty list does not narrow. Of a session with more than 1,000 different ones the first by code points count. */
  readonly annotations?: ReadonlyArray<AnnotationCondition> | null | undefined;
  /** Names of models, exactly, of which one answered in the session, whatever its `model` is. */
  readonly answeringModels?: ReadonlyArray<string> | null | undefined;
  /** Range of `usage.totalCostUsd`, in US dollars; an unknown cost is in no range that has an end. */
  readonly costUsd?: AmountRange | null | undefined;
  /** Range of `createdAt`. */
  readonly createdBetween?: TimeRange | null | undefined;
  /** Range of `durationMs`, in milliseconds; a session of less than two messages is in no range that has an end. */
  readonly durationMs?: CountRange | null | undefined;
  /** Range of `failedCallCount`, in calls that failed. */
  readonly failedCallCount?: CountRange | null | undefined;
  /** True: frozen. False: not frozen. */
  readonly frozen?: boolean | null | undefined;
  /** Labels: different entries combine with AND, the values of one with OR (SES-LBL-050); an empty list does not narrow. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Range of the last activity: `lastMessageAt`, or `createdAt` while there is no message. */
  readonly lastActivity?: TimeRange | null | undefined;
  /** Range of `messageCount`, in messages. */
  readonly messageCount?: CountRange | null | undefined;
  /** True: owned by the viewer. False: owned by others. A key without a user owns nothing. */
  readonly mine?: boolean | null | undefined;
  /** Names of models, exactly; a session without a model has no name. */
  readonly models?: ReadonlyArray<string> | null | undefined;
  /** A condition that must not hold. A session without a value does not hold a condition on it, so it passes. */
  readonly not?: SessionCondition | null | undefined;
  /** Conditions of which at least one must hold; an empty list matches nothing. */
  readonly or?: ReadonlyArray<SessionCondition> | null | undefined;
  /** What sessions were run for (SES-LST-015). */
  readonly origins?: ReadonlyArray<SessionOrigin> | null | undefined;
  /** Uuids of owners. */
  readonly owners?: ReadonlyArray<string> | null | undefined;
  /** True: pinned by the viewer. False: not pinned by the viewer; pins of others do not count. */
  readonly pinned?: boolean | null | undefined;
  /** Uuids of projects (SES-LST-006); a session without a project is in none. */
  readonly projects?: ReadonlyArray<string> | null | undefined;
  /** True: visible to the workspace. False: private. */
  readonly shared?: boolean | null | undefined;
  /** Range of `usage.totalTokens`: all four buckets over the whole transcript. */
  readonly tokens?: CountRange | null | undefined;
  /** Names of tools, exactly, of which one was called. */
  readonly toolNames?: ReadonlyArray<string> | null | undefined;
  /** Only sessions of this visibility. */
  readonly visibility?: SessionVisibility | null | undefined;
};

/** Narrows sessions. Different members combine with AND, the values of one with OR. An absent or null member does not narrow; an empty list of values matches nothing. */
export type SessionFilter = {
  /** A range that the session’s time overlaps: from `createdAt` to `lastMessageAt`, both moments included; only `createdAt` while there is no message. */
  readonly activeBetween?: TimeRange | null | undefined;
  /** Public ids of agents, `agent_` and 32 hex digits; all zeros for sessions without one. */
  readonly agentIds?: ReadonlyArray<string> | null | undefined;
  /** Names of agents, exactly; a session without an agent has no name. */
  readonly agents?: ReadonlyArray<string> | null | undefined;
  /** Conditions that must all hold; an empty list does not narrow. */
  readonly and?: ReadonlyArray<SessionCondition> | null | undefined;
  /** True: it or a message of it has annotations. False: there are none. */
  readonly annotated?: boolean | null | undefined;
  /** Annotations on the session or on messages of it: each entry is met by one annotation that has all of it; entries combine with AND, and an empty list does not narrow. Of a session with more than 1,000 different ones the first by code points count. */
  readonly annotations?: ReadonlyArray<AnnotationCondition> | null | undefined;
  /** Names of models, exactly, of which one answered in the session, whatever its `model` is. */
  readonly answeringModels?: ReadonlyArray<string> | null | undefined;
  /** By archived state, beside all conditions; absent or null means ACTIVE for lists and counts, ANY for events. */
  readonly archived?: ArchivedState | null | undefined;
  /** Range of `usage.totalCostUsd`, in US dollars; an unknown cost is in no range that has an end. */
  readonly costUsd?: AmountRange | null | undefined;
  /** Range of `createdAt`. */
  readonly createdBetween?: TimeRange | null | undefined;
  /** Range of `durationMs`, in milliseconds; a session of less than two messages is in no range that has an end. */
  readonly durationMs?: CountRange | null | undefined;
  /** Range of `failedCallCount`, in calls that failed. */
  readonly failedCallCount?: CountRange | null | undefined;
  /** True: frozen. False: not frozen. */
  readonly frozen?: boolean | null | undefined;
  /** Also takes sessions of origin eval, optimization, training and world, which are left out otherwise even when `origins` names them (SES-LST-009). */
  readonly includeWorkload?: boolean | null | undefined;
  /** Labels: different entries combine with AND, the values of one with OR (SES-LBL-050); an empty list does not narrow. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Range of the last activity: `lastMessageAt`, or `createdAt` while there is no message. */
  readonly lastActivity?: TimeRange | null | undefined;
  /** Range of `messageCount`, in messages. */
  readonly messageCount?: CountRange | null | undefined;
  /** True: owned by the viewer. False: owned by others. A key without a user owns nothing. */
  readonly mine?: boolean | null | undefined;
  /** Names of models, exactly; a session without a model has no name. */
  readonly models?: ReadonlyArray<string> | null | undefined;
  /** A condition that must not hold. A session without a value does not hold a condition on it, so it passes. */
  readonly not?: SessionCondition | null | undefined;
  /** Conditions of which at least one must hold; an empty list matches nothing. */
  readonly or?: ReadonlyArray<SessionCondition> | null | undefined;
  /** What sessions were run for (SES-LST-015). */
  readonly origins?: ReadonlyArray<SessionOrigin> | null | undefined;
  /** Uuids of owners. */
  readonly owners?: ReadonlyArray<string> | null | undefined;
  /** True: pinned by the viewer. False: not pinned by the viewer; pins of others do not count. */
  readonly pinned?: boolean | null | undefined;
  /** Uuids of projects (SES-LST-006); a session without a project is in none. */
  readonly projects?: ReadonlyArray<string> | null | undefined;
  /** One text that must stand in a field of `searchIn`; case does not count, by Unicode’s full folding after NFC and alike on every store (ß is ss, a final sigma is a sigma); no character is special, outer white space is trimmed, and an empty text does not narrow; up to 200 characters (SES-LST-007). */
  readonly search?: string | null | undefined;
  /** Where to search; everywhere while absent or null. */
  readonly searchIn?: ReadonlyArray<SessionSearchField> | null | undefined;
  /** True: visible to the workspace. False: private. */
  readonly shared?: boolean | null | undefined;
  /** Up to 100 texts that must all be in the title; case and order do not count, and an empty list does not narrow. */
  readonly titleWords?: ReadonlyArray<string> | null | undefined;
  /** Range of `usage.totalTokens`: all four buckets over the whole transcript. */
  readonly tokens?: CountRange | null | undefined;
  /** Names of tools, exactly, of which one was called. */
  readonly toolNames?: ReadonlyArray<string> | null | undefined;
  /** Only sessions of this visibility. */
  readonly visibility?: SessionVisibility | null | undefined;
};

/** What ties the sessions of a group together. */
export type SessionGroupKind =
  /** One item of an evaluation. */
  | 'EVALUATION_ITEM'
  /** A session and those of the agents that it called. */
  | 'SUBAGENTS'
  /** One run of a capability worker. */
  | 'WORKER_RUN'
  /** One workflow. */
  | 'WORKFLOW';

/** How far a group is. */
export type SessionGroupStatus =
  /** Work was called off. */
  | 'CANCELLED'
  /** All work is done. */
  | 'COMPLETED'
  /** Work ended with an error. */
  | 'FAILED'
  /** Work goes on. */
  | 'RUNNING';

/** An order of sessions. */
export type SessionOrder = {
  /** For ANNOTATION_SCORE: the name of the annotations whose scores count; absent or null in every other order. */
  readonly annotation?: string | null | undefined;
  /** Which end comes first. */
  readonly direction?: SortDirection;
  /** What to order by. */
  readonly field: SessionSortField;
};

/** What a session was run for (SES-ORG-001). */
export type SessionOrigin =
  /** An evaluation; lists leave it out unless asked. */
  | 'EVAL'
  /** An optimization run; lists leave it out unless asked. */
  | 'OPTIMIZATION'
  /** A training run; lists leave it out unless asked. */
  | 'TRAINING'
  /** Interactive use. */
  | 'USER'
  /** A capability worker. */
  | 'WORKER'
  /** A world simulation; lists leave it out unless asked. */
  | 'WORLD';

/** Where a search looks. */
export type SessionSearchField =
  /** The name of the agent. */
  | 'AGENT'
  /** The values of labels, not their keys. */
  | 'LABELS'
  /** The name of the model. */
  | 'MODEL'
  /** The beginning of the first user message. */
  | 'PREVIEW'
  /** The title. */
  | 'TITLE';

/** What sessions are ordered by. Ties are broken by id, descending. */
export type SessionSortField =
  /** The mean of the scores that `annotation` names, which must be given, as `annotationScores` gives it; sessions without one come last in both directions. */
  | 'ANNOTATION_SCORE'
  /** When the session was first saved. */
  | 'CREATED_AT'
  /** The time from the first message to the last, as `durationMs` gives it; sessions of less than two messages come last in both directions. */
  | 'DURATION'
  /** The number of calls of tools that failed, as `failedCallCount` gives it. */
  | 'FAILED_CALL_COUNT'
  /** When the newest message was appended; sessions without messages come last in both directions. */
  | 'LAST_MESSAGE_AT'
  /** The number of messages, as `messageCount` gives it. */
  | 'MESSAGE_COUNT'
  /** How well `search` matches, which must be given: first the title, then agent or model, then a label value, then the preview; within each an equal text before one that begins with it, before one with it behind a space, before any other; then the newest update. */
  | 'RELEVANCE'
  /** The cost of the whole transcript, as `usage.totalCostUsd` gives it; sessions of unknown cost come last in both directions. */
  | 'TOTAL_COST'
  /** The tokens of the whole transcript, as `usage.totalTokens` gives them. */
  | 'TOTAL_TOKENS'
  /** When anything stored about the session last changed. */
  | 'UPDATED_AT';

/** Who sees a session besides its owner. */
export type SessionVisibility =
  /** Nobody. */
  | 'PRIVATE'
  /** Every member of its workspace. */
  | 'WORKSPACE';

/** Which end of an order comes first. */
export type SortDirection =
  /** The smallest or oldest. */
  | 'ASC'
  /** The greatest or newest. */
  | 'DESC';

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type TakeBackMessagesInput = {
  /** A message that is not compacted, whoever speaks in it. */
  readonly fromSeq: number;
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

/** A span of time: from one moment up to, and without, another; an absent or null end is open. */
export type TimeRange = {
  /** The first moment; null for no beginning. */
  readonly from?: string | null | undefined;
  /** The first moment behind it; null for no end. */
  readonly to?: string | null | undefined;
};

/** Who set a title. */
export type TitleSource =
  /** A program that summarizes sessions. */
  | 'MACHINE'
  /** A person, or a client on behalf of one. */
  | 'PERSON';

/** A call of a tool that an agent asked for. */
export type ToolCallInput = {
  /** The raw JSON text that the model wrote. */
  readonly arguments: string;
  /** The id that the result refers to; up to 256 characters. */
  readonly id: string;
  /** Name of the tool. */
  readonly name: string;
};

/** What messages are made under; opens a segment when it differs from the one in force. */
export type TranscriptContextInput = {
  /** Name of the agent; absent carries it over, null clears it. */
  readonly agent?: string | null | undefined;
  /** Name of the model; an empty one carries it over. */
  readonly model: string;
  /** System prompt; absent carries it over, null clears it. */
  readonly systemPrompt?: string | null | undefined;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type UpdateProjectInput = {
  /** What it is for; up to 2,000 characters. Null clears it. */
  readonly description?: string | null | undefined;
  /** The name for people: 1 to 255 characters; null leaves it. */
  readonly name?: string | null | undefined;
  /** Key of the organization. */
  readonly organization: string;
  /** Key or uuid of the project. */
  readonly project: string;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type UpdateRetentionRuleInput = {
  /** Uuid of the rule. */
  readonly id: string;
  /** How many days sessions stay; up to 36,500. */
  readonly olderThanDays: number;
  /** Key of the organization. */
  readonly organization: string;
  /** Key of the workspace; absent and null mean the whole organization, which takes the role ADMIN in its default workspace. */
  readonly workspace?: string | null | undefined;
};

export type AuditForTerminalQueryVariables = Exact<{
  organization: string;
  filter: AuditFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type AuditForTerminalQuery = { readonly organization: { readonly auditEntries: { readonly edges: ReadonlyArray<{ readonly node: { readonly at: string, readonly act: AuditAct, readonly outcome: AuditOutcome, readonly code: string | null, readonly subjectUuid: string | null, readonly subjectName: string | null, readonly userUuid: string | null, readonly keyUuid: string | null, readonly keyPrefix: string | null, readonly face: AuditFace, readonly address: string | null, readonly userAgent: string | null, readonly workspace: { readonly slug: string } | null, readonly user: { readonly login: string } | null } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } };

export type CheckImportQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckImportQuery = { readonly viewer: { readonly scopes: ReadonlyArray<string>, readonly organization: { readonly uuid: string, readonly slug: string }, readonly defaultWorkspace: { readonly slug: string } | null } };

export type CheckWorkspaceQueryVariables = Exact<{
  organization: string;
  workspace: string;
}>;


export type CheckWorkspaceQuery = { readonly workspace: { readonly viewerRole: Role } };

export type CountSessionsQueryVariables = Exact<{
  organization: string;
  workspace: string;
  filter: SessionFilter;
}>;


export type CountSessionsQuery = { readonly workspace: { readonly sessions: { readonly totalCount: number } } };

export type ExportAnnotationsQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
  after?: string | null | undefined;
}>;


export type ExportAnnotationsQuery = { readonly workspace: { readonly session: { readonly annotations: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly messageUuid: string | null, readonly name: string, readonly source: AnnotationSource, readonly score: unknown, readonly label: string | null, readonly note: string | null, readonly createdAt: string, readonly createdBy: { readonly email: string } | null } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } } };

export type ExportedSessionFragment = { readonly uuid: string, readonly title: string | null, readonly titleSource: TitleSource | null, readonly model: string | null, readonly agent: string | null, readonly origin: SessionOrigin, readonly createdAt: string, readonly messageCount: number, readonly runtimeId: string | null, readonly groupId: string | null, readonly projectId: string | null, readonly archivedAt: string | null, readonly frozenAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly rewinds: ReadonlyArray<{ readonly fromSeq: number, readonly messageCount: number, readonly at: string }>, readonly usage: { readonly currentMessageCount: number, readonly totalMessageCount: number } };

export type ExportSessionQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
}>;


export type ExportSessionQuery = { readonly workspace: { readonly session: { readonly uuid: string, readonly title: string | null, readonly titleSource: TitleSource | null, readonly model: string | null, readonly agent: string | null, readonly origin: SessionOrigin, readonly createdAt: string, readonly messageCount: number, readonly runtimeId: string | null, readonly groupId: string | null, readonly projectId: string | null, readonly archivedAt: string | null, readonly frozenAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly rewinds: ReadonlyArray<{ readonly fromSeq: number, readonly messageCount: number, readonly at: string }>, readonly usage: { readonly currentMessageCount: number, readonly totalMessageCount: number } } } };

export type ExportSessionsQueryVariables = Exact<{
  organization: string;
  workspace: string;
  filter: SessionFilter;
  after?: string | null | undefined;
}>;


export type ExportSessionsQuery = { readonly workspace: { readonly sessions: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly title: string | null, readonly titleSource: TitleSource | null, readonly model: string | null, readonly agent: string | null, readonly origin: SessionOrigin, readonly createdAt: string, readonly messageCount: number, readonly runtimeId: string | null, readonly groupId: string | null, readonly projectId: string | null, readonly archivedAt: string | null, readonly frozenAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly rewinds: ReadonlyArray<{ readonly fromSeq: number, readonly messageCount: number, readonly at: string }>, readonly usage: { readonly currentMessageCount: number, readonly totalMessageCount: number } } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } };

export type StoredRowFragment = { readonly uuid: string, readonly seq: number, readonly role: MessageRole, readonly content: string, readonly toolCallId: string | null, readonly toolCalls: ReadonlyArray<{ readonly callId: string, readonly name: string, readonly arguments: string }> | null, readonly usage: { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadInputTokens: number, readonly cacheCreationInputTokens: number } | null };

export type FindImportedQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
  last: number;
}>;


export type FindImportedQuery = { readonly workspace: { readonly session: { readonly frozenAt: string | null, readonly groupId: string | null, readonly messageCount: number, readonly usage: { readonly totalMessageCount: number }, readonly transcript: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly seq: number, readonly role: MessageRole, readonly content: string, readonly toolCallId: string | null, readonly toolCalls: ReadonlyArray<{ readonly callId: string, readonly name: string, readonly arguments: string }> | null, readonly usage: { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadInputTokens: number, readonly cacheCreationInputTokens: number } | null } }> } } } };

export type ReadImportedQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
  after?: string | null | undefined;
}>;


export type ReadImportedQuery = { readonly workspace: { readonly session: { readonly transcript: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly seq: number, readonly role: MessageRole, readonly content: string, readonly toolCallId: string | null, readonly toolCalls: ReadonlyArray<{ readonly callId: string, readonly name: string, readonly arguments: string }> | null, readonly usage: { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadInputTokens: number, readonly cacheCreationInputTokens: number } | null } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } } };

export type FindCandidatesQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;


export type FindCandidatesQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly uuid: string, readonly id: string, readonly usage: { readonly totalMessageCount: number }, readonly transcript: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly seq: number } }> } }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
   | null> };

export type FindRowsAtQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;


export type FindRowsAtQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string }
    | { readonly uuid: string, readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
   | null> };

export type ImportCompactionMutationVariables = Exact<{
  input: CompactTranscriptInput;
}>;


export type ImportCompactionMutation = { readonly compactTranscript: { readonly compactedCount: number } };

export type ImportMessagesMutationVariables = Exact<{
  input: AppendTranscriptInput;
}>;


export type ImportMessagesMutation = { readonly appendTranscript: { readonly appendedCount: number } };

export type ImportSessionMutationVariables = Exact<{
  input: SaveSessionInput;
}>;


export type ImportSessionMutation = { readonly saveSession: { readonly outcome: SaveOutcome, readonly session: { readonly createdAt: string, readonly updatedAt: string, readonly lastMessageAt: string | null } } };

export type ListForTerminalQueryVariables = Exact<{
  organization: string;
  workspace: string;
  filter: SessionFilter;
  orderBy: SessionOrder;
  first: number;
  after?: string | null | undefined;
}>;


export type ListForTerminalQuery = { readonly workspace: { readonly sessions: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly title: string | null, readonly previewText: string | null, readonly agent: string | null, readonly model: string | null, readonly origin: SessionOrigin, readonly visibility: SessionVisibility, readonly messageCount: number, readonly createdAt: string, readonly updatedAt: string, readonly lastMessageAt: string | null, readonly archivedAt: string | null, readonly frozenAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly usage: { readonly totalTokens: number, readonly totalCostUsd: number | null } } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } };

export type ShowSessionQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
}>;


export type ShowSessionQuery = { readonly workspace: { readonly session: { readonly uuid: string, readonly title: string | null, readonly agent: string | null, readonly model: string | null, readonly origin: SessionOrigin, readonly visibility: SessionVisibility, readonly createdAt: string, readonly lastMessageAt: string | null, readonly messageCount: number, readonly currentSystemPrompt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly usage: { readonly totalTokens: number, readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalToolCallCount: number, readonly totalCostUsd: number | null, readonly compactionCount: number } } } };

export type ShowTranscriptQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
  after?: string | null | undefined;
  includeCompacted: boolean;
}>;


export type ShowTranscriptQuery = { readonly workspace: { readonly session: { readonly transcript: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly seq: number, readonly role: MessageRole, readonly content: string, readonly model: string | null, readonly toolCallId: string | null, readonly metadata: Record<string, unknown> | null, readonly isSummary: boolean, readonly compactedAt: string | null, readonly createdAt: string, readonly toolCalls: ReadonlyArray<{ readonly callId: string, readonly name: string, readonly arguments: string }> | null, readonly usage: { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadInputTokens: number, readonly cacheCreationInputTokens: number, readonly costUsd: number | null } | null } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } } };

export type CreateProjectFromTerminalMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectFromTerminalMutation = { readonly createProject: { readonly project: { readonly uuid: string, readonly slug: string, readonly name: string, readonly description: string | null, readonly sessionCount: number, readonly createdAt: string } } };

export type UpdateProjectFromTerminalMutationVariables = Exact<{
  input: UpdateProjectInput;
}>;


export type UpdateProjectFromTerminalMutation = { readonly updateProject: { readonly project: { readonly uuid: string, readonly slug: string, readonly name: string, readonly description: string | null, readonly sessionCount: number, readonly createdAt: string } } };

export type DeleteProjectFromTerminalMutationVariables = Exact<{
  input: DeleteProjectInput;
}>;


export type DeleteProjectFromTerminalMutation = { readonly deleteProject: { readonly deletedUuid: string } };

export type ListProjectsForTerminalQueryVariables = Exact<{
  organization: string;
  workspace: string;
  after?: string | null | undefined;
}>;


export type ListProjectsForTerminalQuery = { readonly workspace: { readonly projects: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly slug: string, readonly name: string, readonly description: string | null, readonly sessionCount: number, readonly createdAt: string } }>, readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean } } } };

export type ProjectForTerminalFragment = { readonly uuid: string, readonly slug: string, readonly name: string, readonly description: string | null, readonly sessionCount: number, readonly createdAt: string };

export type RuleForTerminalFragment = { readonly uuid: string, readonly olderThanDays: number, readonly archivedOnly: boolean, readonly createdAt: string, readonly label: { readonly key: string, readonly values: ReadonlyArray<string> } | null };

export type ListRetentionRulesQueryVariables = Exact<{
  organization: string;
  workspace: string;
}>;


export type ListRetentionRulesQuery = { readonly workspace: { readonly retentionRules: ReadonlyArray<{ readonly uuid: string, readonly olderThanDays: number, readonly archivedOnly: boolean, readonly createdAt: string, readonly label: { readonly key: string, readonly values: ReadonlyArray<string> } | null }> } };

export type ListOrganizationRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type ListOrganizationRulesQuery = { readonly viewer: { readonly organization: { readonly retentionRules: ReadonlyArray<{ readonly uuid: string, readonly olderThanDays: number, readonly archivedOnly: boolean, readonly createdAt: string, readonly label: { readonly key: string, readonly values: ReadonlyArray<string> } | null }> } } };

export type AddRetentionRuleMutationVariables = Exact<{
  input: CreateRetentionRuleInput;
}>;


export type AddRetentionRuleMutation = { readonly createRetentionRule: { readonly rule: { readonly uuid: string, readonly olderThanDays: number, readonly archivedOnly: boolean, readonly createdAt: string, readonly label: { readonly key: string, readonly values: ReadonlyArray<string> } | null } } };

export type UpdateRetentionRuleMutationVariables = Exact<{
  input: UpdateRetentionRuleInput;
}>;


export type UpdateRetentionRuleMutation = { readonly updateRetentionRule: { readonly rule: { readonly uuid: string, readonly olderThanDays: number, readonly archivedOnly: boolean, readonly createdAt: string, readonly label: { readonly key: string, readonly values: ReadonlyArray<string> } | null } } };

export type RemoveRetentionRuleMutationVariables = Exact<{
  input: DeleteRetentionRuleInput;
}>;


export type RemoveRetentionRuleMutation = { readonly deleteRetentionRule: { readonly deletedUuid: string } };

export type RunRetentionMutationVariables = Exact<{
  input: RunRetentionInput;
}>;


export type RunRetentionMutation = { readonly runRetention: { readonly removedCount: number, readonly remainingCount: number, readonly sampleUuids: ReadonlyArray<string> } };

export type FindDefaultProjectQueryVariables = Exact<{
  organization: string;
  workspace: string;
}>;


export type FindDefaultProjectQuery = { readonly workspace: { readonly projects: { readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly slug: string } }> } } };

export type CreateImportGroupMutationVariables = Exact<{
  input: CreateSessionGroupInput;
}>;


export type CreateImportGroupMutation = { readonly createSessionGroup: { readonly group: { readonly uuid: string } } };

export type JoinGroupMutationVariables = Exact<{
  input: MoveSessionsInput;
}>;


export type JoinGroupMutation = { readonly moveSessions: { readonly outcomes: ReadonlyArray<{ readonly result: SessionActResult }> } };

export type TakeBackImportMutationVariables = Exact<{
  input: DeleteSessionInput;
}>;


export type TakeBackImportMutation = { readonly deleteSession: { readonly deletedId: string } };

export type TakeBackMessagesMutationVariables = Exact<{
  input: TakeBackMessagesInput;
}>;


export type TakeBackMessagesMutation = { readonly takeBackMessages: { readonly deletedCount: number } };

export const ExportedSessionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExportedSession"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"titleSource"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"runtimeId"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"projectId"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"rewinds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromSeq"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currentMessageCount"}},{"kind":"Field","name":{"kind":"Name","value":"totalMessageCount"}}]}}]}}]} as unknown as DocumentNode<ExportedSessionFragment, unknown>;
export const StoredRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StoredRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"toolCallId"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheCreationInputTokens"}}]}}]}}]} as unknown as DocumentNode<StoredRowFragment, unknown>;
export const ProjectForTerminalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProjectForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Project"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"sessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ProjectForTerminalFragment, unknown>;
export const RuleForTerminalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetentionRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"olderThanDays"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archivedOnly"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<RuleForTerminalFragment, unknown>;
export const AuditForTerminalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditForTerminal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"act"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"subjectUuid"}},{"kind":"Field","name":{"kind":"Name","value":"subjectName"}},{"kind":"Field","name":{"kind":"Name","value":"workspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userUuid"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"}}]}},{"kind":"Field","name":{"kind":"Name","value":"keyUuid"}},{"kind":"Field","name":{"kind":"Name","value":"keyPrefix"}},{"kind":"Field","name":{"kind":"Name","value":"face"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"userAgent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AuditForTerminalQuery, AuditForTerminalQueryVariables>;
export const CheckImportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckImport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaultWorkspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]}}]} as unknown as DocumentNode<CheckImportQuery, CheckImportQueryVariables>;
export const CheckWorkspaceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckWorkspace"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewerRole"}}]}}]}}]} as unknown as DocumentNode<CheckWorkspaceQuery, CheckWorkspaceQueryVariables>;
export const CountSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CountSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}}]} as unknown as DocumentNode<CountSessionsQuery, CountSessionsQueryVariables>;
export const ExportAnnotationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExportAnnotations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"annotations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"messageUuid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ExportAnnotationsQuery, ExportAnnotationsQueryVariables>;
export const ExportSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExportSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExportedSession"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExportedSession"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"titleSource"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"runtimeId"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"projectId"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"rewinds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromSeq"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currentMessageCount"}},{"kind":"Field","name":{"kind":"Name","value":"totalMessageCount"}}]}}]}}]} as unknown as DocumentNode<ExportSessionQuery, ExportSessionQueryVariables>;
export const ExportSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExportSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"CREATED_AT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"ASC"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ExportedSession"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ExportedSession"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"titleSource"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"runtimeId"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"projectId"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"rewinds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fromSeq"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"currentMessageCount"}},{"kind":"Field","name":{"kind":"Name","value":"totalMessageCount"}}]}}]}}]} as unknown as DocumentNode<ExportSessionsQuery, ExportSessionsQueryVariables>;
export const FindImportedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindImported"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalMessageCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"transcript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"bySeq"},"value":{"kind":"BooleanValue","value":true}},{"kind":"Argument","name":{"kind":"Name","value":"includeCompacted"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StoredRow"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StoredRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"toolCallId"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheCreationInputTokens"}}]}}]}}]} as unknown as DocumentNode<FindImportedQuery, FindImportedQueryVariables>;
export const ReadImportedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadImported"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transcript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"bySeq"},"value":{"kind":"BooleanValue","value":true}},{"kind":"Argument","name":{"kind":"Name","value":"includeCompacted"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StoredRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StoredRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"toolCallId"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheCreationInputTokens"}}]}}]}}]} as unknown as DocumentNode<ReadImportedQuery, ReadImportedQueryVariables>;
export const FindCandidatesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindCandidates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalMessageCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"transcript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"IntValue","value":"1"}},{"kind":"Argument","name":{"kind":"Name","value":"bySeq"},"value":{"kind":"BooleanValue","value":true}},{"kind":"Argument","name":{"kind":"Name","value":"includeCompacted"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FindCandidatesQuery, FindCandidatesQueryVariables>;
export const FindRowsAtDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindRowsAt"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<FindRowsAtQuery, FindRowsAtQueryVariables>;
export const ImportCompactionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportCompaction"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompactTranscriptInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"compactTranscript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"compactedCount"}}]}}]}}]} as unknown as DocumentNode<ImportCompactionMutation, ImportCompactionMutationVariables>;
export const ImportMessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportMessages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AppendTranscriptInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appendTranscript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appendedCount"}}]}}]}}]} as unknown as DocumentNode<ImportMessagesMutation, ImportMessagesMutationVariables>;
export const ImportSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SaveSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"saveSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessageAt"}}]}}]}}]}}]} as unknown as DocumentNode<ImportSessionMutation, ImportSessionMutationVariables>;
export const ListForTerminalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListForTerminal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionOrder"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"previewText"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessageAt"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ListForTerminalQuery, ListForTerminalQueryVariables>;
export const ShowSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"origin"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastMessageAt"}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"currentSystemPrompt"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalToolCallCount"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}},{"kind":"Field","name":{"kind":"Name","value":"compactionCount"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ShowSessionQuery, ShowSessionQueryVariables>;
export const ShowTranscriptDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ShowTranscript"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"includeCompacted"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transcript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"includeCompacted"},"value":{"kind":"Variable","name":{"kind":"Name","value":"includeCompacted"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"toolCallId"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"isSummary"}},{"kind":"Field","name":{"kind":"Name","value":"compactedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"cacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"costUsd"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ShowTranscriptQuery, ShowTranscriptQueryVariables>;
export const CreateProjectFromTerminalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateProjectFromTerminal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateProjectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createProject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProjectForTerminal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProjectForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Project"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"sessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<CreateProjectFromTerminalMutation, CreateProjectFromTerminalMutationVariables>;
export const UpdateProjectFromTerminalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateProjectFromTerminal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateProjectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateProject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProjectForTerminal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProjectForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Project"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"sessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<UpdateProjectFromTerminalMutation, UpdateProjectFromTerminalMutationVariables>;
export const DeleteProjectFromTerminalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteProjectFromTerminal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteProjectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteProject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedUuid"}}]}}]}}]} as unknown as DocumentNode<DeleteProjectFromTerminalMutation, DeleteProjectFromTerminalMutationVariables>;
export const ListProjectsForTerminalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListProjectsForTerminal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProjectForTerminal"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProjectForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Project"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"sessionCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ListProjectsForTerminalQuery, ListProjectsForTerminalQueryVariables>;
export const ListRetentionRulesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListRetentionRules"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retentionRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleForTerminal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetentionRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"olderThanDays"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archivedOnly"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ListRetentionRulesQuery, ListRetentionRulesQueryVariables>;
export const ListOrganizationRulesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListOrganizationRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retentionRules"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleForTerminal"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetentionRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"olderThanDays"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archivedOnly"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ListOrganizationRulesQuery, ListOrganizationRulesQueryVariables>;
export const AddRetentionRuleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddRetentionRule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateRetentionRuleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createRetentionRule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleForTerminal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetentionRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"olderThanDays"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archivedOnly"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<AddRetentionRuleMutation, AddRetentionRuleMutationVariables>;
export const UpdateRetentionRuleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateRetentionRule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateRetentionRuleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateRetentionRule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleForTerminal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleForTerminal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetentionRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"olderThanDays"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"archivedOnly"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<UpdateRetentionRuleMutation, UpdateRetentionRuleMutationVariables>;
export const RemoveRetentionRuleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveRetentionRule"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteRetentionRuleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteRetentionRule"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedUuid"}}]}}]}}]} as unknown as DocumentNode<RemoveRetentionRuleMutation, RemoveRetentionRuleMutationVariables>;
export const RunRetentionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunRetention"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunRetentionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runRetention"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removedCount"}},{"kind":"Field","name":{"kind":"Name","value":"remainingCount"}},{"kind":"Field","name":{"kind":"Name","value":"sampleUuids"}}]}}]}}]} as unknown as DocumentNode<RunRetentionMutation, RunRetentionMutationVariables>;
export const FindDefaultProjectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindDefaultProject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FindDefaultProjectQuery, FindDefaultProjectQueryVariables>;
export const CreateImportGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateImportGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSessionGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSessionGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"group"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<CreateImportGroupMutation, CreateImportGroupMutationVariables>;
export const JoinGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"JoinGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MoveSessionsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"moveSessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"result"}}]}}]}}]}}]} as unknown as DocumentNode<JoinGroupMutation, JoinGroupMutationVariables>;
export const TakeBackImportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TakeBackImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}}]}}]} as unknown as DocumentNode<TakeBackImportMutation, TakeBackImportMutationVariables>;
export const TakeBackMessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TakeBackMessages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TakeBackMessagesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"takeBackMessages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedCount"}}]}}]}}]} as unknown as DocumentNode<TakeBackMessagesMutation, TakeBackMessagesMutationVariables>;