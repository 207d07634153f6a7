import { compileRelayDocuments, whyNoRelay } from './relay-compiler.js'

/** Fails when relay-compiler refuses `schema.graphql` or a document of `examples/relay/`. */
if (whyNoRelay !== null) console.log(`not checked: ${whyNoRelay}`)
else
  await compileRelayDocuments().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
