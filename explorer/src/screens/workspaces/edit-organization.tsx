import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { editOrganizationMutation } from '../../__generated__/editOrganizationMutation.graphql'
import { DialogFrame } from '../../parts/dialog-frame'
import { NameForm } from '../../parts/name-form'
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
    <DialogTrigger onOpenChange={forget}>
      <Button className="button">Rename the organization…</Button>
      <DialogFrame title={`Organization ${slug}`}>
        {(close) => (
          <NameForm
            verb="Save"
            name={name}
            description={description ?? ''}
            isBusy={isBusy}
            isComplete
            failure={failure}
            onCancel={close}
            onSave={(texts) =>
              act(
                {
                  organization: slug,
                  name: texts.name || null,
                  description: texts.description || null,
                },
                close,
              )
            }
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
