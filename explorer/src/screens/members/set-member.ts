import { graphql } from 'react-relay'

/** Gives a user a role in the workspace, whether or not it has one there. */
export const setMember = graphql`
  mutation setMemberMutation($input: SetWorkspaceMemberInput!) {
    setWorkspaceMember(input: $input) {
      member {
        role
        user {
          login
        }
      }
    }
  }
`
