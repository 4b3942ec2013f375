/**
 * Domain tokens as the admin API shows and switches them. They are made where a signing key is at hand
 * (issue-token.ts).
 *
 * @module
 */
import type * as v from 'valibot';
import type { Item } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { changedMeanwhile, requireSeen, type Terms } from '../../events/trail.ts';
import {
  DOMAIN_TOKEN,
  domainOf,
  makerOf,
  pageOfDomainTokens,
  removeDomainToken,
  switchDomainToken,
} from '../../manage/domains/tokens.ts';
import { pageCreatedBy } from '../../manage/keys/created-by.ts';
import { findStanding } from '../../manage/keys/owned-by.ts';
import type { Named } from '../../store/sessions/standing.ts';
import type * as answers from './answers.ts';
import {
  type Call,
  type Handler,
  listReply,
  readChange,
  readQuery,
  removed,
  shown,
} from './call.ts';
import { etagOf } from './etag.ts';
import { TokenPageQuery } from './list-schemas.ts';
import { idOf, nameOf } from './opaque-id.ts';
import { Switch } from './schemas.ts';
import { changing, deleting } from './terms.ts';

export const view = (token: Named): v.InferOutput<typeof answers.DomainToken> => ({
  id: idOf(token.name),
  domain: domainOf(token),
  role: token.standing.roles?.[0] ?? '',
  disabled: token.standing.disabled,
  createdBy: makerOf(token),
  createdAt: token.standing.issuedAt,
  ...(token.standing.expiresAt !== undefined && { expiresAt: token.standing.expiresAt }),
});
export const tagOf = ({ name, standing }: Named): string => etagOf(name.key, standing.version);

const list: Handler = async (call) => {
  const { caller } = call.administrator;
  const { domain, createdBy: creator, limit } = readQuery(TokenPageQuery, call);
  const page = { limit, after: await call.cursors.open<Item>(), now: call.now };
  if (creator !== undefined) {
    if (domain !== undefined)
      throw refuseField('createdBy', 'creator-beside-owner', 'cannot stand beside owner or domain');
    const made = { creator, kind: DOMAIN_TOKEN } as const;
    const page_ = await pageCreatedBy(call.tables, call.administrator, made, page);
    return listReply(call, page_, view);
  }
  const owner = domain ?? caller.subject.domain;
  const found = await pageOfDomainTokens(call.tables, call.administrator, owner, page);
  return listReply(call, found, view);
};

async function found(call: Call, seen: Terms<Named> = {}): Promise<Named> {
  const { tables, administrator, id, now } = call;
  const token = await findStanding(tables, administrator, nameOf(id), { kind: DOMAIN_TOKEN, now });
  requireSeen(seen, token);
  return token;
}

const show: Handler = async (call) => {
  const token = await found(call);
  return shown(view(token), tagOf(token));
};

const change: Handler = async (call) => {
  const { trail, ...seen } = changing(call, tagOf);
  const { disabled } = readChange(Switch, call);
  const token = await found(call, seen);
  if (disabled === undefined) return shown(view(token), tagOf(token));
  const { tables, administrator, now } = call;
  const { version: read } = token.standing;
  const terms = { domain: domainOf(token), id: token.name.key, now, trail, read };
  const wanted = { ...terms, enabled: !disabled };
  const changed = await switchDomainToken(tables, administrator, wanted);
  if (!changed) throw changedMeanwhile();
  return shown(view(changed), tagOf(changed));
};

const remove: Handler = (call) => removed(removeToken(call));

async function removeToken(call: Call): Promise<void> {
  const { tables, administrator, now } = call;
  const terms = deleting(call, tagOf);
  const token = await found(call, terms);
  const name = { domain: domainOf(token), id: token.name.key, now };
  await removeDomainToken(tables, administrator, { ...name, ...terms });
}

export const domainTokens = { list, show, change, remove };
