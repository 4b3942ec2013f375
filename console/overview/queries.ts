/**
 * What the overview shows, as the admin API has it.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../app/api.ts';

export const SPANS = ['24h', '7d'] as const;
export type Span = (typeof SPANS)[number];
export type Series = Schemas['AdminStatistics']['signIns'];

export const statisticsQuery = (span: Span) =>
  queryOptions({
    queryKey: ['statistics', span],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/admin/api/statistics', { params: { query: { span } }, signal })),
    // CloudWatch bills each look, and nothing changes within a minute.
    staleTime: 60_000,
  });

export type Alarm = Schemas['AdminAlarms']['items'][number];
export const alarmsQuery = queryOptions({
  queryKey: ['statistics', 'alarms'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/api/statistics/alarms', { signal })),
});

/** Of which those that expire are looked for: more than these, whoever sees to keys looks at the list. */
const MANY = 100;
export const domainKeysQuery = (domain: string) =>
  queryOptions({
    queryKey: ['keys', 'of', domain],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/admin/api/keys', { params: { query: { domain, limit: MANY } }, signal })),
  });

const LATELY = 8;
export const latelyQuery = queryOptions({
  queryKey: ['audit', 'lately'],
  queryFn: ({ signal }) =>
    dataOf(api.GET('/admin/api/audit', { params: { query: { limit: LATELY } }, signal })),
});

export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/api/signing-keys', { signal })),
});
