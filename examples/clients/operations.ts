import { graphql } from './gql/index.js'

/** The operations of every client here, typed by codegen's client preset. */
export const SaveSession = graphql(`
  mutation SaveSession($input: SaveSessionInput!) {
    saveSession(input: $input) {
      session {
        id
        title
      }
    }
  }
`)

export const SessionList = graphql(`
  query SessionList($organization: String!, $workspace: String!, $filter: SessionFilter, $first: Int, $after: String) {
    workspace(organization: $organization, slug: $workspace) {
      id
      sessions(filter: $filter, first: $first, after: $after) {
        totalCount
        edges {
          node {
            id
            title
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

/** What takes longer comes in a part of its own. */
export const SessionWithUsage = graphql(`
  query SessionWithUsage($organization: String!, $workspace: String!, $id: String!) {
    workspace(organization: $organization, slug: $workspace) {
      id
      session(id: $id) {
        id
        title
        ... @defer {
          usage {
            totalTokens
          }
        }
      }
    }
  }
`)

export const RenameSession = graphql(`
  mutation RenameSession($input: AnnotateSessionInput!) {
    annotateSession(input: $input) {
      session {
        id
        title
      }
    }
  }
`)

export const DeleteSessions = graphql(`
  mutation DeleteSessions($input: DeleteSessionsInput!) {
    deleteSessions(input: $input) {
      deletedIds
    }
  }
`)

export const SessionEvents = graphql(`
  subscription SessionEvents($organization: String!, $workspace: String!, $after: ID) {
    sessionEvents(organization: $organization, workspace: $workspace, after: $after) {
      id
      kind
      sessionId
      session {
        id
        title
      }
    }
  }
`)
