/** Starts the Scalar bundle with everything off that would call another host. It runs in the browser. */
export const docsBoot = `'use strict'
{
  const { documents } = JSON.parse(document.getElementById('options').textContent)
  Scalar.createApiReference('#root', {
    sources: documents.map(({ title, url }, index) => ({ title, url, default: index === 0 })),
    withDefaultFonts: false,
    telemetry: false,
    proxyUrl: '',
    hideClientButton: true,
    showDeveloperTools: 'never',
    agent: { disabled: true },
    mcp: { disabled: true },
    persistAuth: false,
  })
}
`
