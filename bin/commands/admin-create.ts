/**
 * latchkey admin create: the first administrator of a fresh deployment, written straight into its
 * tables, since nobody can sign in yet to do it over the API.
 *
 * @module
 */
import { bootstrap } from '../../lib/access/bootstrap.ts';
import { connect } from '../../lib/store/table.ts';
import { type Command, readOptions, required } from './command.ts';
import { Failure } from './failure.ts';
import { readSecret } from './secret-input.ts';

export const adminCreate: Command = {
  summary: 'creates a user with the role root, and what that needs',
  usage: [
    '--username NAME --domain NAME [--resource NAME ...] [--password-file FILE]',
    'without --password-file the password is asked for',
  ],
  async run(words) {
    const options = readOptions(words, {
      username: { type: 'string' },
      domain: { type: 'string' },
      resource: { type: 'string', multiple: true },
      'password-file': { type: 'string' },
    });
    const username = required(options.username, 'username');
    const domain = required(options.domain, 'domain');
    const password = await readSecret('password', options['password-file']);
    const directory = { client: connect(), name: `latchkey-${options.stage}-directory` };
    const resources = options.resource ?? [];
    const made = await bootstrap(directory, { username, password, domain, resources }, Date.now());
    if (made.status === 'taken') throw new Failure(`there is a user ${username} already`);
    return `created ${username} (${made.user.id}) with the role root in ${domain}`;
  },
};
