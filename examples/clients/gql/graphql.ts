/* eslint-disable */
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

/** A range of counts, both ends included; an absent or null end is open. */
export type CountRange = {
  /** The greatest count; null for no greatest. */
  readonly max?: number | null | undefined;
  /** The least count; null for no least. */
  readonly min?: number | null | undefined;
};

/** What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise. */
export type DeleteSessionsInput = {
  /** Uuids; 1 to 200 together with `sessionIds`. Duplicates are ignored. */
  readonly ids: ReadonlyArray<string>;
  /** Key of the organization. */
  readonly organization: string;
  /** Global ids of further sessions; with these alone, `ids` is an empty list. */
  readonly sessionIds?: ReadonlyArray<string | number> | null | undefined;
  /** Key of the workspace. */
  readonly workspace: string;
};

/** A label key with its values. */
export type LabelInput = {
  /** The key: lower-case letters, digits, `_`, `.` and `-`; up to 64 characters. */
  readonly key: string;
  /** Up to 32 values of 1 to 256 characters; the order does not count. */
  readonly values: ReadonlyArray<string>;
};

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

/** What happened to a session. A change that does several things is told once: as sharing, else freezing, else archiving, else appending, else as an update. */
export type SessionEventKind =
  /** It was archived. */
  | 'ARCHIVED'
  /** It was saved for the first time. */
  | 'CREATED'
  /** It is gone, or the viewer may not see it any more. */
  | 'DELETED'
  /** It became read-only for good. */
  | 'FROZEN'
  /** Messages were appended to its transcript. */
  | 'MESSAGES_APPENDED'
  /** It became visible to its workspace; everyone but its owner hears of it for the first time. */
  | 'SHARED'
  /** It was brought back from the archive. */
  | 'UNARCHIVED'
  /** Anything else stored about it changed; also after a rewind. */
  | 'UPDATED';

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

/** Who sees a session besides its owner. */
export type SessionVisibility =
  /** Nobody. */
  | 'PRIVATE'
  /** Every member of its workspace. */
  | 'WORKSPACE';

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

export type SaveSessionMutationVariables = Exact<{
  input: SaveSessionInput;
}>;


export type SaveSessionMutation = { readonly saveSession: { readonly session: { readonly id: string, readonly title: string | null } } | null };

export type SessionListQueryVariables = Exact<{
  organization: string;
  workspace: string;
  filter?: SessionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SessionListQuery = { readonly workspace: { readonly id: string, readonly sessions: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly title: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type SessionWithUsageQueryVariables = Exact<{
  organization: string;
  workspace: string;
  id: string;
}>;


export type SessionWithUsageQuery = { readonly workspace: { readonly id: string, readonly session: { readonly id: string, readonly title: string | null } & ({ readonly usage: { readonly totalTokens: number } } | { readonly usage?: never }) | null } | null };

export type RenameSessionMutationVariables = Exact<{
  input: AnnotateSessionInput;
}>;


export type RenameSessionMutation = { readonly annotateSession: { readonly session: { readonly id: string, readonly title: string | null } } | null };

export type DeleteSessionsMutationVariables = Exact<{
  input: DeleteSessionsInput;
}>;


export type DeleteSessionsMutation = { readonly deleteSessions: { readonly deletedIds: ReadonlyArray<string> } | null };

export type SessionEventsSubscriptionVariables = Exact<{
  organization: string;
  workspace: string;
  after?: string | number | null | undefined;
}>;


export type SessionEventsSubscription = { readonly sessionEvents: { readonly id: string, readonly kind: SessionEventKind, readonly sessionId: string, readonly session: { readonly id: string, readonly title: string | null } | null } };


export const SaveSessionDocument = {"__meta__":{"hash":"sha256:3726fd0377a141d9b4be42741cdea9bdf3d550ef3db269356da737629664314b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SaveSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"saveSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]} as unknown as DocumentNode<SaveSessionMutation, SaveSessionMutationVariables>;
export const SessionListDocument = {"__meta__":{"hash":"sha256:52a90339b912381bb3fc2c1a97937af0b85f6511651cb825af1c013f9371864f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SessionList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SessionListQuery, SessionListQueryVariables>;
export const SessionWithUsageDocument = {"__meta__":{"hash":"sha256:e4b80c697a9945c9a84f0e0349e563a26e952fd62621819a445710f1e8de9410"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SessionWithUsage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"InlineFragment","directives":[{"kind":"Directive","name":{"kind":"Name","value":"defer"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalTokens"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SessionWithUsageQuery, SessionWithUsageQueryVariables>;
export const RenameSessionDocument = {"__meta__":{"hash":"sha256:613788d8224024ead0a17978284e33e3f193f6a2a0d81c313ddf0cbcb3e5ace5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenameSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AnnotateSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"annotateSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]} as unknown as DocumentNode<RenameSessionMutation, RenameSessionMutationVariables>;
export const DeleteSessionsDocument = {"__meta__":{"hash":"sha256:27fb0dc08e2340a75ad1c463f7bb6f88ae8f2b49375d5e3a081c2f56cd36c084"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteSessionsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedIds"}}]}}]}}]} as unknown as DocumentNode<DeleteSessionsMutation, DeleteSessionsMutationVariables>;
export const SessionEventsDocument = {"__meta__":{"hash":"sha256:905f5bc866cf86e440db7c106653f6ba1bb281b6f0ded0f1f26376350e98cf59"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SessionEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"workspace"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"sessionId"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]} as unknown as DocumentNode<SessionEventsSubscription, SessionEventsSubscriptionVariables>;