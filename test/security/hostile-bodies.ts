/** A request whose body is made to hold the process or to fill it. */
export interface HostileBody {
  name: string
  path: string
  contentType: string
  contentEncoding?: 'gzip'
  /** Made when it is sent: together they are hundreds of megabytes. */
  make: () => Buffer
}

const MEBIBYTE = 1024 * 1024
const json = 'application/json'
const anyQuery = '{"query":"{ __typename }"'
/** GraphQL takes bodies of up to 17 MiB. */
const graphqlBytes = 17 * MEBIBYTE - 1024
const transcript = (place: string, act = '') => `/api/v1/${place}/sessions/ffff${act}`

const around = (before: string, middle: string, after: string, bytes: number) =>
  Buffer.concat([
    Buffer.from(before),
    Buffer.alloc(bytes - (bytes % Buffer.byteLength(middle)), middle),
    Buffer.from(after),
  ])

const graphql = (name: string, before: string, middle: string, after: string): HostileBody => ({
  name: `GraphQL: ${name}`,
  path: '/graphql',
  contentType: json,
  make: () => around(before, middle, after, graphqlBytes),
})

const form = 'multipart/form-data; boundary=b'
const part = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'

/** Bodies at the largest size that their route takes, by kind of what is too much; `place` is `org/{org}/ws/{workspace}`. */
export function hostileBodies(place: string): HostileBody[] {
  const rest = (
    name: string,
    path: string,
    before: string,
    middle: string,
    after: string,
    mebibytes: number,
  ) => ({
    name: `${path.startsWith('/v1') ? 'Everruns' : 'Dreadnode'}: ${name}`,
    path,
    contentType: json,
    make: () => around(before, middle, after, mebibytes * MEBIBYTE - 1024),
  })
  const append = (name: string, before: string, middle: string, after: string) =>
    rest(name, transcript(place, '/transcript'), before, middle, after, 16)
  return [
    graphql('millions of objects in extensions', `${anyQuery},"extensions":{"x":[`, '{},', '{}]}}'),
    graphql('millions of lists in extensions', `${anyQuery},"extensions":[`, '[],', '[]]}'),
    graphql('millions of members', `${anyQuery},"variables":{"x":{`, '"":0,', '"":0}}}'),
    graphql('millions of levels', `${anyQuery},"variables":{"x":`, '[', ''),
    graphql('millions of levels that end', `${anyQuery},"variables":{"x":`, '{"a":', ''),
    graphql('millions of numbers', `${anyQuery},"variables":{"x":[`, '1,', '1]}}'),
    graphql('one number of millions of digits', `${anyQuery},"variables":{"x":`, '1', '}}'),
    graphql('millions of lines between its members', '{', '\n', '"query":"{ __typename }"}'),
    graphql('millions of lines in the document', '{"query":"', '\\n', '{ __typename }"}'),
    graphql('millions of escapes', `${anyQuery},"variables":{"x":"`, '\\u0000', '"}}'),
    graphql('millions of commas in the document', '{"query":"{ __typename ', ',', '}"}'),
    graphql('a comment of megabytes', '{"query":"#', 'x', '\\n{ __typename }"}'),
    graphql('a text of megabytes in the document', '{"query":"{ node(id: \\"', 'x', '\\") { id } }"}'),
    graphql('millions of tokens', '{"query":"{', ' __typename', '}"}'),
    graphql('a batch of millions', '[', `${anyQuery}},`, `${anyQuery}}]`),
    graphql('no JSON at all', '', '\u0000', ''),
    graphql('bytes that are no UTF-8', '{"query":"', '\\"', '\xff"}'),
    {
      ...graphql('a document as its own content type', '{ __typename }', '\n', ''),
      contentType: 'application/graphql',
    },
    { ...graphql('multipart of 250,000 parts', '', part, '--b--\r\n'), contentType: form },
    {
      ...graphql('a form of millions of fields', 'query=%7B__typename%7D', '&a=1', ''),
      contentType: 'application/x-www-form-urlencoded',
    },
    append('a transcript of millions of objects', '{"messages":[', '{},', '{}]}'),
    append('a transcript of millions of unread members', '{"messages":[],"x":[', '0,', '0]}'),
    append('a transcript of millions of levels', '{"messages":', '[', ''),
    append(
      'a transcript of millions of members of metadata',
      '{"messages":[{"role":"user","metadata":{',
      '"":0,',
      '"":0}}]}',
    ),
    append(
      'a transcript of millions of escapes',
      '{"messages":[{"role":"user","content":"',
      '\\u0000',
      '"}]}',
    ),
    append('a transcript of millions of lines', '{"messages":[', '\r\n', ']}'),
    append('a transcript with one number of millions of digits', '{"messages":[', '9', ']}'),
    append('a transcript that breaks off at its end', '{"messages":[{"role":"user","content":"', 'é', ''),
    append('a transcript with a bad byte at its end', '{"messages":[{"role":"user","content":"', 'é', '\xff'),
    rest(
      'a save of a hundred thousand members',
      `/api/v1/${place}/sessions`,
      '{"labels":{',
      '"":[],',
      '"":[]}}',
      1,
    ),
    rest(
      'a create of a hundred thousand tags',
      '/v1/sessions',
      '{"agent_id":"agent_00000000000000000000000000000000","tags":[',
      '"",',
      '""]}',
      1,
    ),
    rest('a create of a hundred thousand levels', '/v1/sessions', '{"capabilities":', '[', '', 1),
  ]
}
