/**
 * The signing keys, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../app/api.ts';

export type SigningKeys = Schemas['AdminSigningKeys'];
export type SigningKey = SigningKeys['items'][number];

export const signingKeysQuery = queryOptions({
  queryKey: ['signing-keys'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/api/signing-keys', { signal })),
});

export const rotateKeys = () => dataOf(api.POST('/admin/api/signing-keys/rotation'));
export const withdrawKeys = () => dataOf(api.POST('/admin/api/signing-keys/withdrawal'));
