import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { projectsScreenCreateMutation } from '../../__generated__/projectsScreenCreateMutation.graphql'
import type { projectsScreenQuery } from '../../__generated__/projectsScreenQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import { CreateForm } from '../../parts/create-form'
import { DialogFrame } from '../../parts/dialog-frame'
import { useAct } from '../../parts/use-act'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { TeamFrame } from '../team/team-frame'
import { ProjectTable } from './project-table'

const FIRST = 100

/** The projects of a workspace; writers make and rename them, admins delete empty ones. */
export default function ProjectsScreen({ path }: { path: PagePath }) {
  return (
    <TeamFrame path={path} screen="projects">
      <Projects path={path} />
    </TeamFrame>
  )
}

function Projects({ path }: { path: PagePath }) {
  const { organization, workspace } = path
  const [round, setRound] = useState(0)
  const data = useQuery<projectsScreenQuery>(
    graphql`
      query projectsScreenQuery($organization: String!, $workspace: String!, $count: Int!) {
        workspace(organization: $organization, slug: $workspace) {
          mayCreate: viewerCan(act: PROJECT_CREATE)
          ...projectTable_workspace @arguments(count: $count)
        }
      }
    `,
    { organization, workspace, count: FIRST },
    { fetchPolicy: 'store-and-network', fetchKey: round },
  )
  if (data.workspace == null) return null
  const renew = () => setRound(round + 1)
  return (
    <>
      <div className={table.head}>
        <h1>Projects of {workspace}</h1>
        <span className={table.gap} />
        {data.workspace.mayCreate && <CreateProject path={path} onMade={renew} />}
      </div>
      <ProjectTable workspace={data.workspace} path={path} onChanged={renew} />
    </>
  )
}

interface CreateProjectProps {
  path: PagePath
  onMade: () => void
}

/** Makes a project of a workspace, whose key stays what it is called now. */
function CreateProject({ path, onMade }: CreateProjectProps) {
  return (
    <DialogTrigger>
      <Button className="button primary">New project…</Button>
      <DialogFrame title={`New project of ${path.workspace}`}>
        {(close) => (
          <NewProject
            path={path}
            onCancel={close}
            onMade={() => {
              close()
              onMade()
            }}
          />
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}

function NewProject({ path, onMade, onCancel }: CreateProjectProps & { onCancel: () => void }) {
  const { organization, workspace } = path
  const { act, isBusy, failure } = useAct<projectsScreenCreateMutation>(graphql`
    mutation projectsScreenCreateMutation($input: CreateProjectInput!) {
      createProject(input: $input) {
        project {
          slug
        }
      }
    }
  `)
  return (
    <CreateForm
      keyIn="filters"
      example="refunds"
      isBusy={isBusy}
      failure={failure}
      onCancel={onCancel}
      onMake={(texts) => act({ organization, workspace, ...texts, name: texts.name ?? texts.slug }, onMade)}
    />
  )
}
