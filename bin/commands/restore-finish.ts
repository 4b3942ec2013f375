/**
 * latchkey restore finish: goes over tables that were restored to a moment, before anybody is let in.
 *
 * @module
 * @see docs/operate.md
 */
import { epochMilliseconds } from '../../lib/time.ts';
import { table } from '../api/table.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { type Command, command, required } from './command.ts';
import { Misuse } from './failure.ts';

const COLUMNS = { OWNER: 'owner', KEY: 'key', NAME: 'name', BECAUSE: 'why' };

export const restoreFinish: Command = command({
  summary:
    'ends all sessions in restored tables, switches keys off that were changed since, and lets the tables be used',
  usage: `--directory TABLE --sessions TABLE [--former TABLE | --no-former] ${DEPLOYMENT_USAGE}`,
  options: {
    ...DEPLOYMENT,
    directory: { type: 'string' },
    sessions: { type: 'string' },
    former: { type: 'string' },
    'no-former': { type: 'boolean', default: false },
  },
  async run(_operands, { former, 'no-former': none, ...options }) {
    if (none && former !== undefined)
      throw new Misuse('--former and --no-former exclude each other');
    const names = {
      directory: required(options.directory, 'directory'),
      sessions: required(options.sessions, 'sessions'),
    };
    const before = none ? undefined : (former ?? `latchkey-${options.stage}-sessions`);
    if (before === names.sessions) throw new Misuse('--sessions and --former are the same table');
    useDeployment(options);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ finishRestore }, { connect }, { operatorsTrail }] = await Promise.all([
      import('../../lib/manage/deployment/finish-restore.ts'),
      import('../../lib/aws/table.ts'),
      import('../stage/trail.ts'),
    ]);
    const client = connect();
    const at = (name: string) => ({ client, name });
    const restored = { directory: at(names.directory), sessions: at(names.sessions) };
    const done = await asking('table', names.directory, async () => {
      const terms = { now: epochMilliseconds(Date.now()), trail: await operatorsTrail(options) };
      return finishRestore(restored, before === undefined ? undefined : at(before), terms);
    });
    const { off, domains, subjects } = done;
    const said = `all sessions of ${subjects} users and clients in ${domains} domains are over; switched off: ${off.length || 'no key'}`;
    return { json: done, text: off.length === 0 ? said : `${said}\n${table(off, COLUMNS)}` };
  },
});
