/**
 * Domains as the admin API shows and takes them.
 *
 * @module
 */

import type * as v from 'valibot';
import { brandOfDomain } from '../../manage/brands/change.ts';
import {
  changeDomain,
  findDomain,
  makeDomain,
  pageOfDomains,
  policyOf,
  removeDomain,
} from '../../manage/domains/lifecycle.ts';
import type { Brand } from '../../store/directory/brands.ts';
import type { Domain } from '../../store/directory/domains.ts';
import type { Position } from '../../store/directory/lists.ts';
import { startOf } from '../../time.ts';
import {
  created,
  type Handler,
  listReply,
  readBody,
  readChange,
  readQuery,
  removed,
  shown,
} from './call.ts';
import type * as answers from './domain-answers.ts';
import { etagOf } from './etag.ts';
import { DomainChange, NewDomain, PageQuery } from './schemas.ts';
import { changing, deleting } from './terms.ts';

const view = (domain: Domain, brand?: Brand): v.InferOutput<typeof answers.Domain> => {
  const { generation: _, switched: __, version: ___, isNamed: ____, ...shown } = policyOf(domain);
  return { ...shown, ...(brand && { brand }) };
};
/** A name can be used again, so the generation counts too. */
const tagOf = ({ name, version, generation }: Domain): string => etagOf(name, version, generation);

const list: Handler = async (call) => {
  const { limit } = readQuery(PageQuery, call);
  const position = await call.cursors.open<Position>();
  const query = { limit, position };
  return listReply(
    call,
    await pageOfDomains(call.tables.directory, call.administrator, query),
    (domain) => view(domain),
  );
};

const create: Handler = async (call) => {
  const { tables, administrator, now, trail } = call;
  const { name } = readBody(NewDomain, call);
  const made = await makeDomain(tables, administrator, name, { now: startOf(now), trail });
  return created(call, `domains/${name}`, view(made), tagOf(made));
};

const show: Handler = async ({ tables, administrator, id }) => {
  const domain = await findDomain(tables.directory, administrator, id);
  return shown(view(domain, await brandOfDomain(tables.directory, id)), tagOf(domain));
};

const change: Handler = async (call) => {
  const { tables, administrator, id } = call;
  const terms = changing(call, tagOf);
  const wanted = { ...readChange(DomainChange, call), ...terms };
  const changed = await changeDomain(tables.directory, administrator, id, wanted);
  return shown(view(changed, await brandOfDomain(tables.directory, id)), tagOf(changed));
};

const remove: Handler = async (call) => {
  const { tables, administrator, id } = call;
  return removed(removeDomain(tables, administrator, id, deleting(call, tagOf)));
};

export const domains = { list, create, show, change, remove };
