/**
 * OAuth clients as the admin API shows and takes them. A secret is shown once, in the answer that
 * makes it.
 *
 * @module
 */

import type * as v from 'valibot';
import { json } from '../../http/response.ts';
import { readBrand } from '../../manage/brands/change.ts';
import {
  changeClient,
  findClient,
  makeClient,
  removeClient,
  renewSecret,
} from '../../manage/clients/lifecycle.ts';
import { unregisteredAmong } from '../../manage/clients/unregistered.ts';
import { pageOfClients } from '../../manage/users/list.ts';
import type { Brand } from '../../store/directory/brands.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Position } from '../../store/directory/lists.ts';
import { startOf } from '../../time.ts';
import type * as answers from './answers.ts';
import {
  created,
  type Handler,
  listReply,
  readBody,
  readChange,
  readOptionalBody,
  readQuery,
  removed,
  shown,
} from './call.ts';
import { ClientChange, NewClient } from './client-schemas.ts';
import { etagOf } from './etag.ts';
import { ClientPageQuery } from './list-schemas.ts';
import { Renewal } from './schemas.ts';
import { changing, deleting } from './terms.ts';

const view = (client: Client, brand?: Brand): v.InferOutput<typeof answers.Client> => ({
  ...(client.spread && { spread: client.spread.for[client.id] }),
  id: client.id,
  name: client.username,
  domain: client.domain,
  domains: client.domains,
  roles: client.roles,
  scopes: client.scopes,
  grants: client.grants,
  disabled: client.disabled,
  authentication: client.authentication,
  jwks: client.jwks,
  jwksUri: client.jwksUri,
  redirectUris: client.redirectUris,
  postLogoutRedirectUris: client.postLogoutRedirectUris,
  pkce: client.pkce,
  consent: client.consent,
  idTokenAlgorithm: client.idTokenAlgorithm,
  idTokenClaims: client.idTokenClaims,
  accessTokenType: client.accessTokenType,
  defaultMaxAge: client.defaultMaxAge,
  requireAuthTime: client.requireAuthTime,
  backchannelLogoutUri: client.backchannelLogoutUri,
  allowedOrigins: client.allowedOrigins,
  logoUri: client.logoUri,
  clientUri: client.clientUri,
  policyUri: client.policyUri,
  tosUri: client.tosUri,
  ...(brand && { brand }),
  secrets: client.secrets.map(({ until = null }) => ({ until })),
  createdAt: client.createdAt,
  updatedAt: client.updatedAt,
});
/** An id can be used again, so the generation counts too. */
const tagOf = ({ id, version, generation }: Client): string => etagOf(id, version, generation);

const list: Handler = async (call) => {
  const { cursor: _, check, ...wanted } = readQuery(ClientPageQuery, call);
  const { directory } = call.tables;
  const query = { ...wanted, position: await call.cursors.open<Position>() };
  const { items, next } = await pageOfClients(directory, call.administrator, query);
  if (!check) return listReply(call, { items, next }, (client) => view(client));
  const found = await unregisteredAmong(directory, items);
  return listReply(call, { items: found, next }, ({ client, register }) => ({
    ...view(client),
    register,
  }));
};

const create: Handler = async (call) => {
  const { domain = call.administrator.caller.subject.domain, ...rest } = readBody(NewClient, call);
  const terms = { now: startOf(call.now), trail: call.trail };
  const wanted = { ...rest, domain };
  const { client, secret } = await makeClient(call.tables, call.administrator, wanted, terms);
  return created(call, `clients/${client.id}`, { ...view(client), secret }, tagOf(client));
};

const show: Handler = async ({ tables, administrator, id }) => {
  const client = await findClient(tables.directory, administrator, id);
  return shown(view(client, await readBrand(tables.directory, id)), tagOf(client));
};

const change: Handler = async (call) => {
  const { tables, administrator, id, now } = call;
  const terms = changing(call, tagOf);
  const wanted = { change: readChange(ClientChange, call), now, ...terms };
  const client = await changeClient(tables.directory, administrator, id, wanted);
  return shown(view(client, await readBrand(tables.directory, id)), tagOf(client));
};

const renew: Handler = async (call) => {
  const { tables, administrator, id, now } = call;
  const { overlap } = readOptionalBody(Renewal, call);
  const wanted = { overlap, now, ...deleting(call, tagOf) };
  const { client, secret } = await renewSecret(tables.directory, administrator, id, wanted);
  return json(200, { ...view(client), secret }, { etag: tagOf(client) });
};

const remove: Handler = (call) =>
  removed(removeClient(call.tables, call.administrator, call.id, deleting(call, tagOf)));

export const clients = { list, create, show, change, renew, remove };
