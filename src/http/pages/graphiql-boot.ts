/**
 * Starts the GraphiQL bundle in the browser; a first visit gets the example tabs, led by the operation of a shared link.
 * GraphiQL takes the open tab's query and variables from its options: without them it opens another, empty one.
 */
export const graphiqlBoot = `'use strict'
{
  const options = JSON.parse(document.getElementById('options').textContent)
  self.MonacoEnvironment = {
    globalAPI: false,
    getWorkerUrl: (_module, label) => options.workers[label] ?? options.workers.editorWorkerService,
  }
  const link = new URLSearchParams(location.search)
  const tabs = options.tabs
  if (link.has('query'))
    tabs.unshift({ query: link.get('query'), variables: link.get('variables'), headers: options.headers })
  let open = tabs[0]
  try {
    const kept = JSON.parse(localStorage.getItem('graphiql:tabState'))
    const active = kept?.tabs?.[kept.activeTabIndex]
    if (active) open = !link.has('query') || link.get('query') === active.query ? active : undefined
  } catch {}
  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
    title: 'Session Gateway',
    logo: '<img src="/assets/favicon.svg" alt="" width="28" height="28">',
    defaultTabs: tabs,
    headers: options.headers ?? undefined,
    query: open?.query ?? undefined,
    variables: open ? (open.variables ?? '') : undefined,
    shouldPersistHeaders: false,
  })
}
`
