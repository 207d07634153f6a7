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

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type AnnotateSessionInput = {
  /** The `updatedAt` that the caller last saw. If the session has changed since, nothing is changed and the error is `CONFLICT`, with the session as it is in `extensions.present` for a key that may read; absent and null expect nothing. */
  readonly expectedUpdatedAt?: string | null | undefined;
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Replaces all labels but the reserved ones; absent and null leave them. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** The title; up to 255 characters. Absent and null leave it. */
  readonly title?: string | null | undefined;
  /** Who made the title up; PERSON when absent or null. A title by MACHINE never takes the place of a person’s: that one stays, and the rest of the call is done. */
  readonly titleSource?: TitleSource | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
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

/** Which sessions to take by their archived state. */
export type ArchivedState =
  /** Those not archived. */
  | 'ACTIVE'
  /** Both. */
  | 'ANY'
  /** Those archived. */
  | 'ARCHIVED';

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type CancelTurnInput = {
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

/** What a session may do beyond its agent’s own. */
export type CapabilityInput = {
  /** How it is configured, as any JSON; absent means not at all. */
  readonly config?: unknown;
  /** What it is called; 1 to 255 characters. */
  readonly ref: string;
};

/** A range of counts, both ends included; an absent or null end is open. */
export type CountRange = {
  /** The greatest count; null for no greatest. */
  readonly max?: number | null | undefined;
  /** The least count; null for no least. */
  readonly min?: number | null | undefined;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type CreateSessionInput = {
  /** Name of the agent, up to 255 characters; counts before `agentId`. Absent and empty for none. */
  readonly agent?: string | null | undefined;
  /** Public id of an agent, known or not; absent or all zeros for none. */
  readonly agentId?: string | null | undefined;
  /** What it may do beyond its agent’s own. */
  readonly capabilities?: ReadonlyArray<CapabilityInput> | null | undefined;
  /** Labels to begin with. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Public id of a model, known or not; absent for none. */
  readonly modelId?: string | null | undefined;
  /** The title; up to 255 characters. */
  readonly title?: string | null | undefined;
  /** Who made the title up; PERSON when absent or null. A title by MACHINE never takes the place of a person’s: that one stays, and the rest of the call is done. */
  readonly titleSource?: TitleSource | null | undefined;
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

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type PinSessionInput = {
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

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

/** How far a session is. */
export type SessionStatus =
  /** A runtime says that a turn runs. */
  | 'ACTIVE'
  /** It waits for input, or is archived or frozen. */
  | 'IDLE'
  /** No turn has run yet. */
  | 'STARTED';

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

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type UnpinSessionInput = {
  /** Uuid, unique prefix of one (4 to 31 hex digits), or global id of the session. */
  readonly id: string;
  /** Key of the organization; absent without a workspace. */
  readonly organization?: string | null | undefined;
  /** Key of the workspace; absent means wherever the session lies. */
  readonly workspace?: string | null | undefined;
};

export type AnnotateOrganizationSessionMutationVariables = Exact<{
  input: AnnotateSessionInput;
}>;


export type AnnotateOrganizationSessionMutation = { readonly annotateSession: { readonly session: { readonly uuid: string, readonly organizationId: string, readonly workspaceId: string, readonly ownerId: string, readonly agentId: string | null, readonly modelId: string | null, readonly model: string | null, readonly title: string | null, readonly status: SessionStatus, readonly frozenAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly startedAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly capabilities: ReadonlyArray<{ readonly ref: string, readonly config: unknown }>, readonly usage: { readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalCostUsd: number | null } } } };

export type CancelTurnMutationVariables = Exact<{
  input: CancelTurnInput;
}>;


export type CancelTurnMutation = { readonly cancelTurn: { readonly cancelled: boolean } };

export type CheckCallerQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckCallerQuery = { readonly viewer: { readonly organization: { readonly uuid: string }, readonly user: { readonly uuid: string } | null } };

export type CountSessionStatusesQueryVariables = Exact<{ [key: string]: never; }>;


export type CountSessionStatusesQuery = { readonly viewer: { readonly organization: { readonly sessionStats: { readonly total: number, readonly started: number, readonly active: number, readonly idle: number } } } };

export type CreateOrganizationSessionMutationVariables = Exact<{
  input: CreateSessionInput;
}>;


export type CreateOrganizationSessionMutation = { readonly createSession: { readonly session: { readonly uuid: string, readonly organizationId: string, readonly workspaceId: string, readonly ownerId: string, readonly agentId: string | null, readonly modelId: string | null, readonly model: string | null, readonly title: string | null, readonly status: SessionStatus, readonly frozenAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly startedAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly capabilities: ReadonlyArray<{ readonly ref: string, readonly config: unknown }>, readonly usage: { readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalCostUsd: number | null } } } };

export type DeleteOrganizationSessionMutationVariables = Exact<{
  input: DeleteSessionInput;
}>;


export type DeleteOrganizationSessionMutation = { readonly deleteSession: { readonly deletedUuid: string } };

export type OrganizationSessionFieldsFragment = { readonly uuid: string, readonly organizationId: string, readonly workspaceId: string, readonly ownerId: string, readonly agentId: string | null, readonly modelId: string | null, readonly model: string | null, readonly title: string | null, readonly status: SessionStatus, readonly frozenAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly startedAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly capabilities: ReadonlyArray<{ readonly ref: string, readonly config: unknown }>, readonly usage: { readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalCostUsd: number | null } };

export type ListOrganizationSessionsQueryVariables = Exact<{
  filter: SessionFilter;
  orderBy: SessionOrder;
  offset: number;
  limit: number;
}>;


export type ListOrganizationSessionsQuery = { readonly viewer: { readonly organization: { readonly sessionSlice: { readonly total: number, readonly nodes: ReadonlyArray<{ readonly firstUserText: string | null, readonly lastAssistantText: string | null, readonly uuid: string, readonly organizationId: string, readonly workspaceId: string, readonly ownerId: string, readonly agentId: string | null, readonly modelId: string | null, readonly model: string | null, readonly title: string | null, readonly status: SessionStatus, readonly frozenAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly startedAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly capabilities: ReadonlyArray<{ readonly ref: string, readonly config: unknown }>, readonly usage: { readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalCostUsd: number | null } }> } } } };

export type PinOrganizationSessionMutationVariables = Exact<{
  input: PinSessionInput;
}>;


export type PinOrganizationSessionMutation = { readonly pinSession: { readonly session: { readonly uuid: string } } };

export type ReadDefaultWorkspaceQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadDefaultWorkspaceQuery = { readonly viewer: { readonly defaultWorkspace: { readonly uuid: string } | null } };

export type ReadOrganizationMessagesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ReadOrganizationMessagesQuery = { readonly viewer: { readonly organization: { readonly session: { readonly transcript: { readonly pageInfo: { readonly endCursor: string | null, readonly hasNextPage: boolean }, readonly edges: ReadonlyArray<{ readonly node: { readonly uuid: string, readonly seq: number, readonly role: MessageRole, readonly content: string, readonly toolCallId: string | null, readonly metadata: Record<string, unknown> | null, readonly createdAt: string, readonly toolCalls: ReadonlyArray<{ readonly callId: string, readonly name: string, readonly arguments: string }> | null } }> } } } } };

export type ReadOrganizationSessionQueryVariables = Exact<{
  id: string;
}>;


export type ReadOrganizationSessionQuery = { readonly viewer: { readonly organization: { readonly session: { readonly uuid: string, readonly organizationId: string, readonly workspaceId: string, readonly ownerId: string, readonly agentId: string | null, readonly modelId: string | null, readonly model: string | null, readonly title: string | null, readonly status: SessionStatus, readonly frozenAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly startedAt: string | null, readonly pinnedAt: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly capabilities: ReadonlyArray<{ readonly ref: string, readonly config: unknown }>, readonly usage: { readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalCostUsd: number | null } } } } };

export type UnpinOrganizationSessionMutationVariables = Exact<{
  input: UnpinSessionInput;
}>;


export type UnpinOrganizationSessionMutation = { readonly unpinSession: { readonly session: { readonly uuid: string } } };

export const OrganizationSessionFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrganizationSessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"workspaceId"}},{"kind":"Field","name":{"kind":"Name","value":"ownerId"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ref"}},{"kind":"Field","name":{"kind":"Name","value":"config"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<OrganizationSessionFieldsFragment, unknown>;
export const AnnotateOrganizationSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AnnotateOrganizationSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AnnotateSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"annotateSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrganizationSessionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrganizationSessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"workspaceId"}},{"kind":"Field","name":{"kind":"Name","value":"ownerId"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ref"}},{"kind":"Field","name":{"kind":"Name","value":"config"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<AnnotateOrganizationSessionMutation, AnnotateOrganizationSessionMutationVariables>;
export const CancelTurnDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelTurn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelTurnInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelTurn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelled"}}]}}]}}]} as unknown as DocumentNode<CancelTurnMutation, CancelTurnMutationVariables>;
export const CheckCallerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckCaller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<CheckCallerQuery, CheckCallerQueryVariables>;
export const CountSessionStatusesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CountSessionStatuses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"started"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"idle"}}]}}]}}]}}]}}]} as unknown as DocumentNode<CountSessionStatusesQuery, CountSessionStatusesQueryVariables>;
export const CreateOrganizationSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOrganizationSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrganizationSessionFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrganizationSessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"workspaceId"}},{"kind":"Field","name":{"kind":"Name","value":"ownerId"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ref"}},{"kind":"Field","name":{"kind":"Name","value":"config"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<CreateOrganizationSessionMutation, CreateOrganizationSessionMutationVariables>;
export const DeleteOrganizationSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteOrganizationSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedUuid"}}]}}]}}]} as unknown as DocumentNode<DeleteOrganizationSessionMutation, DeleteOrganizationSessionMutationVariables>;
export const ListOrganizationSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListOrganizationSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionOrder"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"offset"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NonNegativeInt"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NonNegativeInt"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionSlice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"offset"},"value":{"kind":"Variable","name":{"kind":"Name","value":"offset"}}},{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrganizationSessionFields"}},{"kind":"Field","name":{"kind":"Name","value":"firstUserText"}},{"kind":"Field","name":{"kind":"Name","value":"lastAssistantText"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrganizationSessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"workspaceId"}},{"kind":"Field","name":{"kind":"Name","value":"ownerId"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ref"}},{"kind":"Field","name":{"kind":"Name","value":"config"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<ListOrganizationSessionsQuery, ListOrganizationSessionsQueryVariables>;
export const PinOrganizationSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PinOrganizationSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PinSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pinSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<PinOrganizationSessionMutation, PinOrganizationSessionMutationVariables>;
export const ReadDefaultWorkspaceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadDefaultWorkspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"defaultWorkspace"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<ReadDefaultWorkspaceQuery, ReadDefaultWorkspaceQueryVariables>;
export const ReadOrganizationMessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadOrganizationMessages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"transcript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"bySeq"},"value":{"kind":"BooleanValue","value":true}},{"kind":"Argument","name":{"kind":"Name","value":"includeCompacted"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"toolCallId"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"arguments"}}]}},{"kind":"Field","name":{"kind":"Name","value":"metadata"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ReadOrganizationMessagesQuery, ReadOrganizationMessagesQueryVariables>;
export const ReadOrganizationSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadOrganizationSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrganizationSessionFields"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrganizationSessionFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"workspaceId"}},{"kind":"Field","name":{"kind":"Name","value":"ownerId"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ref"}},{"kind":"Field","name":{"kind":"Name","value":"config"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<ReadOrganizationSessionQuery, ReadOrganizationSessionQueryVariables>;
export const UnpinOrganizationSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnpinOrganizationSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnpinSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unpinSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<UnpinOrganizationSessionMutation, UnpinOrganizationSessionMutationVariables>;