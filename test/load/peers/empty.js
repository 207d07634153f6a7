import { createServer } from 'node:http'
import { listen } from './listen.js'

// An empty answer: what the machine itself makes others wait.
await listen(createServer((_, response) => response.setHeader('content-type', 'application/json').end('{}')))
