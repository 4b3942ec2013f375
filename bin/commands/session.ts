/**
 * latchkey session: who is signed in, and the end of it. Keys are no sessions: latchkey key.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Collection, list, show } from './collection.ts';
import { type Command, command } from './command.ts';
import { A_SESSION, existingId } from './credential-id.ts';
import { Misuse } from './failure.ts';
import { orInDomain } from './in-domain.ts';
import { SUBJECT, subjectOf } from './subject.ts';

const SESSIONS: Collection = {
  path: 'sessions',
  noun: 'session',
  opaque: true,
  columns: {
    ID: 'id',
    OF: 'username',
    KIND: 'kind',
    CLIENT: 'client',
    FROM: 'ip',
    SINCE: 'createdAt',
    UNTIL: 'expiresAt',
    CURRENT: 'current',
  },
  idOf: (api, name, owner) => existingId(api, name, owner, A_SESSION),
  naming: { options: SUBJECT, usage: '[--user USER | --client CLIENT]' },
};
const USAGE = '[--user USER | --client CLIENT]';

const OF_WHOM = orInDomain({
  summary:
    'lists your own sessions, those of a user or a client, or with --in all of a domain; of these those of one kind, those that a client was given, or those from one address',
  options: SUBJECT,
  usage: USAGE,
  query: async (api, named) => ({ subject: await subjectOf(api, named) }),
});
const TRAITS = {
  kind: { type: 'string' },
  through: { type: 'string' },
  address: { type: 'string' },
} as const;

const end = command({
  summary:
    'ends one session, or all of a user or a client, from the next call on; SESSION as `session ls` shows it, or X-Key with its owner',
  operands: ['[SESSION]'],
  usage: USAGE,
  options: { ...WHERE, ...SUBJECT },
  async run([id], { url, local, ...named }) {
    const api = adminApi({ url, local });
    if (id !== undefined) {
      await api.remove(['sessions', await existingId(api, id, named, A_SESSION)]);
      return { json: { ended: id }, text: 'the session is over' };
    }
    const subject = await subjectOf(api, named);
    if (subject === undefined)
      throw new Misuse('expected SESSION, or --user or --client for all of theirs');
    await api.remove(['sessions'], { subject });
    const ended = named.user ?? named.client;
    return { json: { ended }, text: `signed out ${ended}` };
  },
});

export const SESSION_COMMANDS: Readonly<Record<string, Command>> = {
  'session ls': list(SESSIONS, {
    ...OF_WHOM,
    options: { ...OF_WHOM.options, ...TRAITS },
    usage: `${OF_WHOM.usage} [--kind KIND] [--through CLIENT] [--address IP]`,
    query: async (api, { kind, through, address, ...named }) => ({
      ...(await OF_WHOM.query(api, named)),
      kind,
      client: through,
      address,
    }),
  }),
  'session show': show(SESSIONS),
  'session end': end,
};
