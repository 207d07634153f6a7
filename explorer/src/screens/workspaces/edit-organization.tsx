import { Button } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { editOrganizationMutation } from '../../__generated__/editOrganizationMutation.graphql'
import { RenameDialog } from '../../parts/rename-dialog'
import { useAct } from '../../parts/use-act'

interface EditOrganizationProps {
  organization: { readonly slug: string; readonly name: string; readonly description?: string | null }
}

/** Changes what the viewer's organization is called and what it is. */
export function EditOrganization({ organization: { slug, name, description } }: EditOrganizationProps) {
  const { act, isBusy, failure, forget } = useAct<editOrganizationMutation>(graphql`
    mutation editOrganizationMutation($input: UpdateOrganizationInput!) {
      updateOrganization(input: $input) {
        organization {
          name
          description
        }
      }
    }
  `)
  return (
    <RenameDialog
      title={`Organization ${slug}`}
      button={<Button className="button">Rename the organization…</Button>}
      named={{ name, description: description ?? null }}
      isBusy={isBusy}
      failure={failure}
      onOpenChange={forget}
      onSave={(names, close) => act({ organization: slug, ...names }, close)}
    />
  )
}
