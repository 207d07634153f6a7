import { expect, test } from 'vitest'
import { splitHosts } from './host-list.js'

test.each([
  ['postgresql://db/x', ['postgresql://db/x']],
  [
    'postgres://u:p@one:5432,two:5433/x?sslmode=require',
    ['postgres://u:p@one:5432/x?sslmode=require', 'postgres://u:p@two:5433/x?sslmode=require'],
  ],
  ['postgresql://one,two,three/x', ['postgresql://one/x', 'postgresql://two/x', 'postgresql://three/x']],
  ['postgresql://u:a,b@one/x,y', ['postgresql://u:a,b@one/x,y']],
  ['postgresql:///x?host=/run', ['postgresql:///x?host=/run']],
])('the servers of %s are %j', (url, urls) => {
  expect(splitHosts(url)).toEqual(urls)
})
