/**
 * latchkey lists fill: what an older deployment needs once, so that lists by role, by state and of a domain's
 * keys have what was stored before these were there.
 *
 * @module
 */
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { type Command, command } from './command.ts';

export const listsFill: Command = command({
  summary: 'puts users, clients and keys of before into the lists; may be run again at any time',
  usage: DEPLOYMENT_USAGE,
  options: DEPLOYMENT,
  async run(_operands, { stage, ...place }) {
    useDeployment(place);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ fillLists }, { connect }] = await Promise.all([
      import('../../lib/manage/deployment/fill-lists.ts'),
      import('../../lib/aws/table.ts'),
    ]);
    const client = connect();
    const tables = {
      directory: { client, name: `latchkey-${stage}-directory` },
      sessions: { client, name: `latchkey-${stage}-sessions` },
    };
    const progress = (domain: string) => console.error(domain);
    const filled = await asking('table', tables.directory.name, () => fillLists(tables, progress));
    const { domains, subjects, keys } = filled;
    const text = `listed ${subjects} users and clients of ${domains} domains, and ${keys} API keys`;
    return { json: filled, text };
  },
});
