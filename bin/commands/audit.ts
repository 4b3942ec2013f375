/**
 * latchkey audit: what happened, from the admin API, as a table, as differences, or as lines of JSON; and
 * latchkey audit migrate, which an older deployment needs once.
 *
 * @module
 */
import { jsonLine } from '../../lib/json-line.ts';
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Columns, printable, table } from '../api/table.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { differences } from './audit-differences.ts';
import { type Command, command, numberOption } from './command.ts';
import { Misuse } from './failure.ts';

const COLUMNS: Columns = {
  AT: 'at',
  TYPE: 'type',
  TARGET: 'target',
  DOMAIN: 'domain',
  ACTOR: 'actor',
  ADDRESS: 'address',
};
const FILTERS = {
  target: { type: 'string' },
  actor: { type: 'string' },
  type: { type: 'string' },
  collection: { type: 'string' },
  domain: { type: 'string' },
  address: { type: 'string' },
} as const;
const LISTED = '100';

const search = command({
  summary:
    'lists what happened, newest first; --diff shows what was changed, --lines is JSON by line',
  usage:
    '[--target ID] [--actor ID] [--type TYPE] [--collection NAME] [--domain NAME] [--address IP] [--since TIME] [--until TIME] [--limit N] [--diff | --lines]',
  options: {
    ...FILTERS,
    ...WHERE,
    since: { type: 'string' },
    until: { type: 'string' },
    limit: { type: 'string', default: LISTED },
    diff: { type: 'boolean', default: false },
    lines: { type: 'boolean', default: false },
  },
  async run(_operands, { url, local, since, until, limit, diff, lines, ...filters }) {
    if (diff && lines) throw new Misuse('--diff and --lines are two ways to show one thing');
    const most = numberOption(limit, 'limit', 1) ?? Number(LISTED);
    const query = { ...filters, from: timeOf(since, 'since'), to: timeOf(until, 'until') };
    const { items, more } = await adminApi({ url, local }).list(['audit'], query, most);
    const rows = items.map((item) => ({ ...item, address: (item['actor'] as Actor).ip }));
    return {
      json: items,
      text: lines
        ? items.map(jsonLine).join('\n')
        : diff
          ? items.flatMap(differences).map(printable).join('\n')
          : table(rows, COLUMNS),
      ...(more && { note: `there are more than ${most}: --limit shows them` }),
    };
  },
});
type Actor = { ip?: string };

const UNITS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

/** `24h` ago, or a date with or without a time. @returns Epoch seconds. */
function timeOf(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined;
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const now = Math.floor(Date.now() / 1000);
  const ago = count === undefined ? undefined : now - Number(count) * (UNITS[unit] ?? 0);
  const time = ago ?? Math.floor(Date.parse(text) / 1000);
  if (Number.isNaN(time) || time < 0)
    throw new Misuse(`--${option} must be a time such as 24h, 30d or 2030-01-31T13:00:00Z`);
  return String(time);
}

const migrate = command({
  summary: 'moves the audit of before into the table of events; may be run again at any time',
  usage: DEPLOYMENT_USAGE,
  options: DEPLOYMENT,
  async run(_operands, { stage, ...place }) {
    useDeployment(place);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ moveAudit }, { connect }] = await Promise.all([
      import('../../lib/manage/deployment/move-audit.ts'),
      import('../../lib/aws/table.ts'),
    ]);
    const client = connect();
    const at = (name: string) => ({ client, name: `latchkey-${stage}-${name}` });
    const [directory, sessions, events] = [at('directory'), at('sessions'), at('events')];
    const progress = (moved: number) => console.error(`${moved} events`);
    const moved = await asking('table', events.name, () =>
      moveAudit({ directory, sessions, events }, progress),
    );
    return { json: { moved }, text: `moved ${moved} events to ${events.name}` };
  },
});

export const AUDIT_COMMANDS: Readonly<Record<string, Command>> = {
  audit: search,
  'audit ls': search,
  'audit migrate': migrate,
};
