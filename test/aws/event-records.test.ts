/** Functions behind an event source take its events and no others. */
import { expect, test } from 'vitest';
import { recordsOf } from '../../lib/aws/event-records.ts';

const queued = { eventSource: 'aws:sqs', body: '{}' };
const changed = { eventSource: 'aws:dynamodb', eventName: 'REMOVE' };

test('the records of an event are those of its source', () => {
  expect(recordsOf('aws:sqs', { Records: [queued, queued] })).toEqual([queued, queued]);
  expect(recordsOf('aws:dynamodb', { Records: [changed] })).toEqual([changed]);
});

test.each([
  ['a call of an API', { version: '2.0', routeKey: 'GET /' }],
  ['a schedule', { source: 'aws.events' }],
  ['nothing', {}],
  ['a stream', { Records: [changed] }],
  ['records of more than one source', { Records: [queued, changed] }],
  ['records of no source', { Records: [{ body: '{}' }] }],
  ['a list that is none', { Records: 'aws:sqs' }],
])('an event of %s is a fault where a queue was expected', (_case, event) => {
  expect(() => recordsOf('aws:sqs', event as never)).toThrow('not an event of aws:sqs');
});
