/**
 * latchkey admin create: the first administrator of a fresh deployment, written straight into its
 * tables, since nobody can sign in yet to do it over the API.
 *
 * @module
 */
import { hasArgon2 } from '../../lib/key-derivation.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { command, required } from './command.ts';
import { registerWhereThereIsOne } from './console-register.ts';
import { Failure } from './failure.ts';
import { readSecret } from './secret-input.ts';

export const adminCreate = command({
  summary: 'makes a user with the role root, and what that needs, in the deployed tables',
  usage: `--username NAME --domain NAME [--resource NAME ...] [--password-file FILE] ${DEPLOYMENT_USAGE}`,
  options: {
    username: { type: 'string' },
    domain: { type: 'string' },
    resource: { type: 'string', multiple: true },
    'password-file': { type: 'string' },
    ...DEPLOYMENT,
  },
  async run(_operands, options) {
    const username = required(options.username, 'username');
    const domain = required(options.domain, 'domain');
    if (!hasArgon2())
      throw new Failure(
        `a password is hashed here, which this Node (${process.versions.node}) cannot: 24.7 or newer`,
      );
    useDeployment(options);
    const password = await readSecret('password', options['password-file']);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ bootstrap }, { connect }, { operatorsTrail }] = await Promise.all([
      import('../../lib/manage/deployment/bootstrap.ts'),
      import('../../lib/aws/table.ts'),
      import('../stage/trail.ts'),
    ]);
    const directory = { client: connect(), name: `latchkey-${options.stage}-directory` };
    const resources = options.resource ?? [];
    const first = { username, password, domain, resources };
    const made = await asking('table', directory.name, async () => {
      const trail = await operatorsTrail(options);
      return bootstrap(directory, first, { now: epochMilliseconds(Date.now()), trail });
    });
    if (made.status === 'taken') throw new Failure(`there is a user ${username} already`);
    const { id, roles } = made.user;
    // The seed of the local stack has done it.
    const console = options.local
      ? undefined
      : await registerWhereThereIsOne(options.stage, domain);
    return {
      json: { id, username, domain, roles, ...(console?.url && { console: console.url }) },
      text: `created ${username} (${id}) with the role root in ${domain}`,
      ...(console && { note: console.text }),
    };
  },
});
