/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation SaveSession($input: SaveSessionInput!) {\n    saveSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n": typeof types.SaveSessionDocument,
    "\n  query SessionList($organization: String!, $workspace: String!, $filter: SessionFilter, $first: Int, $after: String) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      sessions(filter: $filter, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.SessionListDocument,
    "\n  query SessionWithUsage($organization: String!, $workspace: String!, $id: String!) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      session(id: $id) {\n        id\n        title\n        ... @defer {\n          usage {\n            totalTokens\n          }\n        }\n      }\n    }\n  }\n": typeof types.SessionWithUsageDocument,
    "\n  mutation RenameSession($input: AnnotateSessionInput!) {\n    annotateSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n": typeof types.RenameSessionDocument,
    "\n  mutation DeleteSessions($input: DeleteSessionsInput!) {\n    deleteSessions(input: $input) {\n      deletedIds\n    }\n  }\n": typeof types.DeleteSessionsDocument,
    "\n  subscription SessionEvents($organization: String!, $workspace: String!, $after: ID) {\n    sessionEvents(organization: $organization, workspace: $workspace, after: $after) {\n      id\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n": typeof types.SessionEventsDocument,
};
const documents: Documents = {
    "\n  mutation SaveSession($input: SaveSessionInput!) {\n    saveSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n": types.SaveSessionDocument,
    "\n  query SessionList($organization: String!, $workspace: String!, $filter: SessionFilter, $first: Int, $after: String) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      sessions(filter: $filter, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.SessionListDocument,
    "\n  query SessionWithUsage($organization: String!, $workspace: String!, $id: String!) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      session(id: $id) {\n        id\n        title\n        ... @defer {\n          usage {\n            totalTokens\n          }\n        }\n      }\n    }\n  }\n": types.SessionWithUsageDocument,
    "\n  mutation RenameSession($input: AnnotateSessionInput!) {\n    annotateSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n": types.RenameSessionDocument,
    "\n  mutation DeleteSessions($input: DeleteSessionsInput!) {\n    deleteSessions(input: $input) {\n      deletedIds\n    }\n  }\n": types.DeleteSessionsDocument,
    "\n  subscription SessionEvents($organization: String!, $workspace: String!, $after: ID) {\n    sessionEvents(organization: $organization, workspace: $workspace, after: $after) {\n      id\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n": types.SessionEventsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveSession($input: SaveSessionInput!) {\n    saveSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SaveSession($input: SaveSessionInput!) {\n    saveSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SessionList($organization: String!, $workspace: String!, $filter: SessionFilter, $first: Int, $after: String) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      sessions(filter: $filter, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SessionList($organization: String!, $workspace: String!, $filter: SessionFilter, $first: Int, $after: String) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      sessions(filter: $filter, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            title\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SessionWithUsage($organization: String!, $workspace: String!, $id: String!) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      session(id: $id) {\n        id\n        title\n        ... @defer {\n          usage {\n            totalTokens\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query SessionWithUsage($organization: String!, $workspace: String!, $id: String!) {\n    workspace(organization: $organization, slug: $workspace) {\n      id\n      session(id: $id) {\n        id\n        title\n        ... @defer {\n          usage {\n            totalTokens\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameSession($input: AnnotateSessionInput!) {\n    annotateSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RenameSession($input: AnnotateSessionInput!) {\n    annotateSession(input: $input) {\n      session {\n        id\n        title\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteSessions($input: DeleteSessionsInput!) {\n    deleteSessions(input: $input) {\n      deletedIds\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteSessions($input: DeleteSessionsInput!) {\n    deleteSessions(input: $input) {\n      deletedIds\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionEvents($organization: String!, $workspace: String!, $after: ID) {\n    sessionEvents(organization: $organization, workspace: $workspace, after: $after) {\n      id\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription SessionEvents($organization: String!, $workspace: String!, $after: ID) {\n    sessionEvents(organization: $organization, workspace: $workspace, after: $after) {\n      id\n      kind\n      sessionId\n      session {\n        id\n        title\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;