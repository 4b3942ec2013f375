/** What a client is told of a user: the claims named, and the tenant where it has several. */
import { expect, test } from 'vitest';
import { claimsTold } from '../../../lib/oauth/scopes/told.ts';
import { userItem } from '../../support/actors/people.ts';

const USER = {
  ...userItem({ id: 'u', names: ['u'], roles: ['reader'] }),
  ...{ domain: 'a.com', username: 'ann', profile: { name: 'Ann' } },
};

test.each<[string, { domains?: string[] } | undefined, string[], object]>([
  ['no client, and what is not named', undefined, [], {}],
  ['a client of one domain', {}, ['name'], { name: 'Ann' }],
  [
    'one of several, of which the user is',
    { domains: ['*'] },
    ['name'],
    { name: 'Ann', domain: 'a.com' },
  ],
  ['one that asked for it', {}, ['domain', 'roles'], { domain: 'a.com', roles: ['reader'] }],
  ['no claim that is not there', undefined, ['email', 'nickname'], {}],
])('%s', (_case, client, names, told) => expect(claimsTold(client, USER, names)).toEqual(told));
