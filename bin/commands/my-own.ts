/**
 * latchkey me: what belongs to everybody, whatever their roles. Sessions and API keys of one's own are listed
 * and ended by `session` and `key`.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { table } from '../api/table.ts';
import { type Command, command, numberOption } from './command.ts';
import { CONSENT_COLUMNS, MOST_CONSENTS } from './consents.ts';

const ACTS = { AT: 'at', TYPE: 'type', BY: 'by', CLIENT: 'client', ADDRESS: 'ip' };
const LISTED = '30';

const consents = command({
  summary: 'lists the clients that you have agreed may act in your name',
  options: WHERE,
  async run(_operands, where) {
    const { items } = await adminApi(where).list(['me', 'consents'], {}, MOST_CONSENTS);
    return { json: items, text: table(items, CONSENT_COLUMNS) };
  },
});

const withdraw = command({
  summary: 'takes back what you have agreed to: the client is refused from the next call on',
  operands: ['CLIENT'],
  options: WHERE,
  async run([client = ''], where) {
    await adminApi(where).remove(['me', 'consents'], { client });
    return { json: { withdrawn: client }, text: `${client} has no access any more` };
  },
});

const activity = command({
  summary: 'lists what happened to your account, and what you did, newest first',
  usage: '[--limit N]',
  options: { ...WHERE, limit: { type: 'string', default: LISTED } },
  async run(_operands, { limit, ...where }) {
    const most = numberOption(limit, 'limit', 1) ?? Number(LISTED);
    const { items, more } = await adminApi(where).list(['me', 'activity'], {}, most);
    return {
      json: items,
      text: table(items, ACTS),
      ...(more && { note: `there are more than ${most}: --limit shows them` }),
    };
  },
});

export const MY_COMMANDS: Readonly<Record<string, Command>> = {
  'me consents': consents,
  'me withdraw': withdraw,
  'me activity': activity,
};
