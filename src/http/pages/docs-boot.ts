/**
 * Starts the Scalar bundle with everything off that would call another host, and a demo's key under every name that
 * a document gives to it. It runs in the browser.
 */
export const docsBoot = `'use strict'
{
  const { documents, demoKey } = JSON.parse(document.getElementById('options').textContent)
  Scalar.createApiReference('#root', {
    sources: documents.map(({ title, url }, index) => ({ title, url, default: index === 0 })),
    // Put before a path as it is; the document's own "/" would double the slash.
    servers: [{ url: location.origin }],
    withDefaultFonts: false,
    telemetry: false,
    proxyUrl: '',
    hideClientButton: true,
    showDeveloperTools: 'never',
    agent: { disabled: true },
    mcp: { disabled: true },
    persistAuth: false,
    authentication: demoKey && {
      securitySchemes: { bearer: { token: demoKey }, apiKey: { value: demoKey }, authorization: { value: demoKey } },
    },
  })
}
`
