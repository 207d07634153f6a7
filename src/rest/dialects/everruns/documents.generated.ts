/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Which sessions to take by their archived state. */
export type ArchivedState =
  /** Those not archived. */
  | 'ACTIVE'
  /** Both. */
  | 'ANY'
  /** Those archived. */
  | 'ARCHIVED';

/** A label key with its values. */
export type LabelInput = {
  /** Lower-case letters, digits, `_`, `.` and `-`; up to 64 characters. */
  readonly key: string;
  /** Up to 32 values of 1 to 256 characters; the order does not count. */
  readonly values: ReadonlyArray<string>;
};

/** Narrows sessions. Different members combine with AND, the values of one with OR. An absent member does not narrow; an empty list matches nothing. */
export type SessionFilter = {
  /** Public ids of agents, `agent_` and 32 hex digits; all zeros for sessions without one. */
  readonly agentIds?: ReadonlyArray<string> | null | undefined;
  /** Names of agents, exactly. */
  readonly agents?: ReadonlyArray<string> | null | undefined;
  /** By archived state. */
  readonly archived?: ArchivedState | null | undefined;
  /** Also takes sessions of origin eval, optimization, training and world (SES-LST-009). */
  readonly includeWorkload?: boolean | null | undefined;
  /** Labels: different entries combine with AND, the values of one with OR (SES-LBL-050). */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Names of models, exactly. */
  readonly models?: ReadonlyArray<string> | null | undefined;
  /** Origins (SES-LST-015). */
  readonly origins?: ReadonlyArray<SessionOrigin> | null | undefined;
  /** Uuids of owners. */
  readonly owners?: ReadonlyArray<string> | null | undefined;
  /** Uuids of projects (SES-LST-006). */
  readonly projects?: ReadonlyArray<string> | null | undefined;
  /** One text in title, model, agent or a label value; case does not count, up to 200 characters (SES-LST-007). */
  readonly search?: string | null | undefined;
  /** Texts that must all be in the title; case and order do not count. */
  readonly titleWords?: ReadonlyArray<string> | null | undefined;
  /** Only sessions of this visibility. */
  readonly visibility?: SessionVisibility | null | undefined;
};

/** An order of sessions. */
export type SessionOrder = {
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

/** What sessions are ordered by. Ties are broken by id, descending. */
export type SessionSortField =
  /** When the session was first saved. */
  | 'CREATED_AT'
  /** When the newest message was appended; sessions without messages come last in both directions. */
  | 'LAST_MESSAGE_AT'
  /** The number of messages that the client last sent. */
  | 'MESSAGE_COUNT'
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

export type CheckCallerQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckCallerQuery = { readonly viewer: { readonly organization: { readonly uuid: string } } };

export type ListOrganizationSessionsQueryVariables = Exact<{
  filter: SessionFilter;
  orderBy: SessionOrder;
  offset: number;
  limit: number;
}>;


export type ListOrganizationSessionsQuery = { readonly viewer: { readonly organization: { readonly sessionSlice: { readonly total: number, readonly nodes: ReadonlyArray<{ readonly uuid: string, readonly organizationId: string, readonly agentId: string | null, readonly modelId: string | null, readonly model: string | null, readonly title: string | null, readonly messageCount: number, readonly archivedAt: string | null, readonly frozenAt: string | null, readonly createdAt: string, readonly updatedAt: string, readonly startedAt: string | null, readonly firstUserText: string | null, readonly lastAssistantText: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly values: ReadonlyArray<string> }>, readonly usage: { readonly totalInputTokens: number, readonly totalOutputTokens: number, readonly totalCacheReadInputTokens: number, readonly totalCacheCreationInputTokens: number, readonly totalMessageCount: number } }> } } } };


export const CheckCallerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckCaller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}}]}}]}}]}}]} as unknown as DocumentNode<CheckCallerQuery, CheckCallerQueryVariables>;
export const ListOrganizationSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListOrganizationSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionOrder"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"offset"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NonNegativeInt"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NonNegativeInt"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionSlice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"offset"},"value":{"kind":"Variable","name":{"kind":"Name","value":"offset"}}},{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uuid"}},{"kind":"Field","name":{"kind":"Name","value":"organizationId"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"modelId"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"labels"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messageCount"}},{"kind":"Field","name":{"kind":"Name","value":"archivedAt"}},{"kind":"Field","name":{"kind":"Name","value":"frozenAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"firstUserText"}},{"kind":"Field","name":{"kind":"Name","value":"lastAssistantText"}},{"kind":"Field","name":{"kind":"Name","value":"usage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalOutputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheReadInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalCacheCreationInputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"totalMessageCount"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ListOrganizationSessionsQuery, ListOrganizationSessionsQueryVariables>;