/**
 * What users have agreed to, as the admin API shows it and takes it back.
 *
 * @module
 */
import type * as v from 'valibot';
import type { Item } from '../../aws/table.ts';
import { pageOfConsents, type Shown, withdrawConsent } from '../../manage/users/consents.ts';
import { gone, type Handler, listReply, readQuery } from './call.ts';
import type * as holding from './holding-answers.ts';
import { ConsentQuery } from './list-schemas.ts';
import { PageQuery } from './schemas.ts';

export const viewOfConsent = ({
  client,
  name,
  scopes,
  grantedAt,
  expiresAt,
}: Shown): v.InferOutput<typeof holding.Consent> => ({
  client,
  ...(name !== undefined && { name }),
  scopes,
  grantedAt,
  expiresAt,
});

const list: Handler = async (call) => {
  const { tables, administrator, id, now } = call;
  const { limit } = readQuery(PageQuery, call);
  const page = { limit, after: await call.cursors.open<Item>(), now };
  return listReply(call, await pageOfConsents(tables, administrator, id, page), viewOfConsent);
};

const withdraw: Handler = async (call) => {
  const { tables, administrator, id, now, trail } = call;
  const { client } = readQuery(ConsentQuery, call);
  await withdrawConsent(tables, administrator, { user: id, client }, { now, trail });
  return gone();
};

export const consents = { list, withdraw };
