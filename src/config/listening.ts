import { setting, wholeNumber } from './setting.js'

/** Where the gateway listens. */
export const listeningSettings = {
  production: setting<boolean>({
    env: 'NODE_ENV',
    takes: 'production, development or test',
    parse: (value) => ({ production: true, development: false, test: false })[value],
    default: false,
    shown: '',
    description:
      '`production` turns the demo tenant, GraphiQL, introspection and simple requests off unless they are asked for; `development` and `test` are as unset, and anything else is refused.',
  }),
  host: setting<string>({
    env: 'HOST',
    flag: '--host',
    takes: 'a host name or an IP address',
    parse: (value) => (/^[A-Za-z0-9.:_-]{1,253}$/.test(value) ? value : undefined),
    default: '127.0.0.1',
    shown: '127.0.0.1',
    description: 'Address to listen on.',
  }),
  port: setting<number>({
    env: 'PORT',
    flag: '--port',
    ...wholeNumber(0, 65_535),
    default: 4000,
    shown: '4000',
    description: 'Port to listen on; 0 takes any free one.',
  }),
}
