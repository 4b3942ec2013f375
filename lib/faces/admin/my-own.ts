/**
 * What belongs to every person whatever their roles: what they have agreed to, to see and to take back, and
 * what happened to their account. For their own sign-in alone (guard/demands.ts); sessions and API keys of one's
 * own are in those collections (verdict/own-business.ts).
 *
 * @module
 */
import { pageOfActivity } from '../../account/activity.ts';
import { own } from '../../account/own.ts';
import type { Item } from '../../aws/table.ts';
import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requireCaller } from '../../guard/caller.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import { pageOfConsents, withdrawConsent } from '../../manage/users/consents.ts';
import type { Instant } from '../../time.ts';
import type { Caller } from '../../verdict/judge.ts';
import { viewOfAct } from './acts.ts';
import { gone, listReply, readQuery } from './call.ts';
import { viewOfConsent } from './consents.ts';
import { cursorsOf } from './cursor.ts';
import { ConsentQuery } from './list-schemas.ts';
import { ME } from './me.ts';
import { AS_PROBLEM } from './problem.ts';
import { PageQuery } from './schemas.ts';

export const MY_CONSENTS = `${ME}/consents`;
export const MY_ACTIVITY = `${ME}/activity`;

type Services = GuardServices & {
  now: () => Instant;
  trail: TrailServices;
  /** What seals the cursors. */
  cursorKey: () => Promise<string>;
};
type Asked = { services: Services; request: HttpRequest; caller: Caller };

const cursorsFor = ({ services, request, caller }: Asked) =>
  cursorsOf(services.cursorKey, request, caller.subject.id);

async function listConsents(asked: Asked) {
  const { services, caller } = asked;
  const { limit } = readQuery(PageQuery, asked);
  const cursors = cursorsFor(asked);
  const page = { limit, after: await cursors.open<Item>(), now: services.now() };
  const { id } = caller.subject;
  const found = await pageOfConsents(services.tables, own(caller), id, page);
  return listReply({ cursors }, found, viewOfConsent);
}

async function withdraw({ services, request, caller }: Asked) {
  const { client } = readQuery(ConsentQuery, { request });
  const of = { user: caller.subject.id, client };
  const terms = { now: services.now(), trail: trailFor(services, caller, request) };
  await withdrawConsent(services.tables, own(caller), of, terms);
  return gone();
}

async function listActivity(asked: Asked) {
  const { services, caller } = asked;
  const { limit } = readQuery(PageQuery, asked);
  const cursors = cursorsFor(asked);
  const page = { limit, after: await cursors.open<string>(), now: services.now() };
  return listReply(
    { cursors },
    await pageOfActivity(services.trail.events, caller, page),
    viewOfAct,
  );
}

export function myOwnRoutes(services: Services): Readonly<Record<string, Endpoint>> {
  const to = (run: (asked: Asked) => ReturnType<Endpoint['run']>): Endpoint => ({
    run: async (request) =>
      run({ services, request, caller: await requireCaller(services, request) }),
    ...AS_PROBLEM,
  });
  return {
    [`GET ${MY_CONSENTS}`]: to(listConsents),
    [`DELETE ${MY_CONSENTS}`]: to(withdraw),
    [`GET ${MY_ACTIVITY}`]: to(listActivity),
  };
}
