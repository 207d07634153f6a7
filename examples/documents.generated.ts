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

export type PopoverFacetsQueryVariables = Exact<{
  organization: string;
  workspace: string;
  filter?: SessionFilter | null | undefined;
}>;


export type PopoverFacetsQuery = { readonly workspace: { readonly id: string, readonly sessionFacets: { readonly agents: { readonly remainingCount: number, readonly edges: ReadonlyArray<{ readonly count: number, readonly node: { readonly value: string } }> }, readonly models: { readonly remainingCount: number, readonly edges: ReadonlyArray<{ readonly count: number, readonly node: { readonly value: string } }> }, readonly users: { readonly remainingCount: number, readonly edges: ReadonlyArray<{ readonly count: number, readonly node: { readonly id: string, readonly login: string } }> }, readonly labels: ReadonlyArray<{ readonly key: string, readonly remainingCount: number, readonly edges: ReadonlyArray<{ readonly count: number, readonly node: { readonly value: string } }> }> } } };

export type FacetPageFragment = { readonly remainingCount: number, readonly edges: ReadonlyArray<{ readonly count: number, readonly node: { readonly value: string } }> };

export type SessionsAfterQueryVariables = Exact<{
  organization: string;
  workspace: string;
  filter?: SessionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SessionsAfterQuery = { readonly workspace: { readonly id: string, readonly sessions: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly title: string | null, readonly agent: string | null, readonly updatedAt: string, readonly createdBy: { readonly id: string, readonly login: string } | null, readonly usage: { readonly totalCostUsd: number | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } };

export type SessionRowFragment = { readonly id: string, readonly title: string | null, readonly agent: string | null, readonly updatedAt: string, readonly createdBy: { readonly id: string, readonly login: string } | null, readonly usage: { readonly totalCostUsd: number | null } };

export type TranscriptTailQueryVariables = Exact<{
  organization: string;
  workspace: string;
  session: string;
  last?: number | null | undefined;
}>;


export type TranscriptTailQuery = { readonly workspace: { readonly id: string, readonly session: { readonly id: string, readonly title: string | null, readonly transcript: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly seq: number, readonly role: MessageRole, readonly content: string, readonly toolCalls: ReadonlyArray<{ readonly name: string }> | null } }> } } } };

export const FacetPageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FacetPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FacetValueConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"remainingCount"}}]}}]} as unknown as DocumentNode<FacetPageFragment, unknown>;
export const SessionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"login"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<SessionRowFragment, unknown>;
export const PopoverFacetsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PopoverFacets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sessionFacets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"mode"},"value":{"kind":"EnumValue","value":"OWN_FILTER_EXCLUDED"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FacetPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"models"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FacetPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"login"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"remainingCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"remainingCount"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FacetPage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FacetValueConnection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"remainingCount"}}]}}]} as unknown as DocumentNode<PopoverFacetsQuery, PopoverFacetsQueryVariables>;
export const SessionsAfterDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SessionsAfter"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"login"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCostUsd"}}]}}]}}]} as unknown as DocumentNode<SessionsAfterQuery, SessionsAfterQueryVariables>;
export const TranscriptTailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TranscriptTail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"organization"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"session"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workspace"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"organization"},"value":{"kind":"Variable","name":{"kind":"Name","value":"organization"}}},{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"workspace"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"session"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"session"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"transcript"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"content"}},{"kind":"Field","name":{"kind":"Name","value":"toolCalls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<TranscriptTailQuery, TranscriptTailQueryVariables>;