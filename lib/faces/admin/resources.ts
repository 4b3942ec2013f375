/**
 * Resources as the admin API shows and takes them: a name, and the path patterns that it stands for.
 *
 * @module
 */
import type * as v from 'valibot';
import { json } from '../../http/response.ts';
import { importResources } from '../../manage/resources/import.ts';
import {
  changeResource,
  findResource,
  listResources,
  makeResource,
  type Resource,
  removeResource,
} from '../../manage/resources/lifecycle.ts';
import type * as answers from './answers.ts';
import {
  created,
  type Handler,
  listReply,
  pageByName,
  readBody,
  readChange,
  readQuery,
  removed,
  shown,
} from './call.ts';
import { etagOf } from './etag.ts';
import { NewResource, PageQuery, ResourceChange, ResourceImport } from './schemas.ts';
import { changing, deleting } from './terms.ts';

const view = ({ patterns, ...rest }: Resource): v.InferOutput<typeof answers.Resource> => ({
  ...rest,
  patterns: [...patterns],
});
const tagOf = (resource: Resource): string => etagOf(view(resource));

const list: Handler = async (call) => {
  const { limit } = readQuery(PageQuery, call);
  const all = await listResources(call.tables.directory, call.administrator);
  const after = await call.cursors.open<string>();
  return listReply(call, pageByName(all, { limit, after }), view);
};

const create: Handler = async (call) => {
  const { tables, administrator, trail } = call;
  const wanted = readBody(NewResource, call);
  const made = await makeResource(tables.directory, administrator, wanted, { trail });
  return created(call, `resources/${made.name}`, view(made), tagOf(made));
};

const show: Handler = async ({ tables, administrator, id }) => {
  const resource = await findResource(tables.directory, administrator, id);
  return shown(view(resource), tagOf(resource));
};

const change: Handler = async (call) => {
  const { tables, administrator, id } = call;
  const terms = changing(call, tagOf);
  const wanted = { name: id, patterns: undefined, ...readChange(ResourceChange, call) };
  const changed = await changeResource(tables.directory, administrator, wanted, terms);
  return shown(view(changed), tagOf(changed));
};

const remove: Handler = async (call) => {
  const { tables, administrator, id } = call;
  return removed(removeResource(tables.directory, administrator, id, deleting(call, tagOf)));
};

const importAll: Handler = async (call) => {
  const { tables, administrator, trail } = call;
  const { resources: wanted, titles, dryRun } = readChange(ResourceImport, call);
  const imported: v.InferOutput<typeof answers.Imported> = await importResources(
    tables.directory,
    administrator,
    wanted,
    { dryRun, trail, titles },
  );
  return json(200, imported);
};

export const resources = { list, importAll, create, show, change, remove };
