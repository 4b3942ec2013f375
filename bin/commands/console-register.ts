/**
 * latchkey console register: the console as a client of its own deployment, written straight into its
 * tables. `admin create` does it too; this is for a deployment that has administrators already, and after
 * the console got another URL.
 *
 * @module
 */
import { epochMilliseconds } from '../../lib/time.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { consoleUrlOf } from '../stage/console-url.ts';
import { command, required } from './command.ts';
import { Failure } from './failure.ts';

export const consoleRegister = command({
  summary: 'lets the console of the stage sign people in, where the stack says that it is',
  usage: `--domain NAME [--url URL] ${DEPLOYMENT_USAGE}`,
  options: { domain: { type: 'string' }, url: { type: 'string' }, ...DEPLOYMENT },
  async run(_operands, options) {
    const domain = required(options.domain, 'domain');
    useDeployment(options);
    if (options.local && !options.url) throw new Failure('the local stack needs --url');
    const url = options.url ?? (await consoleUrlOf(options.stage));
    if (!url) throw new Failure('the stage has no console: deploy it with console: "true"');
    await register(options, { url, domain });
    return { json: { url, domain }, text: `the console at ${url} signs people in` };
  },
});

/** @param place - Its origin, and the domain whose users it asks nothing. */
async function register(
  { stage, local }: { stage: string; local: boolean },
  place: { url: string; domain: string },
): Promise<void> {
  const [{ registerConsole }, { connect }, { operatorsTrail }] = await Promise.all([
    import('../../lib/manage/deployment/register-console.ts'),
    import('../../lib/aws/table.ts'),
    import('../stage/trail.ts'),
  ]);
  const directory = { client: connect(), name: `latchkey-${stage}-directory` };
  await asking('table', directory.name, async () => {
    const terms = {
      now: epochMilliseconds(Date.now()),
      trail: await operatorsTrail({ stage, local }),
    };
    await registerConsole(directory, place, terms);
  });
}

/** For a deployment that is new: what stands in the way is said, and stops nothing. */
export async function registerWhereThereIsOne(
  stage: string,
  domain: string,
): Promise<{ text: string; url?: string }> {
  try {
    const url = await consoleUrlOf(stage);
    if (!url) return { text: 'the stage has no console' };
    await register({ stage, local: false }, { url, domain });
    return { text: `the console at ${url} signs people in`, url };
  } catch (error) {
    const { message } = error as Error;
    return { text: `the console signs nobody in yet (${message}): latchkey console register` };
  }
}
