/**
 * latchkey memory: whether functions remember what all callers share, which is settled once no function of a
 * release runs any more that does not know of it, and how it is spread.
 *
 * @module
 * @see docs/adr/0041-named-content.md, docs/deploy.md
 */
import type { Table } from '../../lib/aws/table.ts';
import type { Trail } from '../../lib/events/trail.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { type Command, command, numberOption, type Output } from './command.ts';
import { Misuse, Refused } from './failure.ts';

type Place = { stage: string; region: string; local: boolean };
type Spread = { buckets: number; shards: number };
type NameContent = typeof import('../../lib/manage/deployment/name-content.ts');

const SPREAD = {
  buckets: { type: 'string' },
  shards: { type: 'string' },
} as const;
/** Of all manifests: an edit writes each of them in one transaction. */
const MOST = 64;

/** Loaded only now: the SDK takes longer to load than the other commands to run. */
async function onDirectory(
  place: Place,
  change?: (content: NameContent, directory: Table, trail: Trail) => Promise<void>,
): Promise<Output> {
  useDeployment(place);
  const [content, { connect }, { operatorsTrail }] = await Promise.all([
    import('../../lib/manage/deployment/name-content.ts'),
    import('../../lib/aws/table.ts'),
    import('../stage/trail.ts'),
  ]);
  const directory = { client: connect(), name: `latchkey-${place.stage}-directory` };
  return asking('table', directory.name, async () => {
    if (change) await refusedAs(change(content, directory, await operatorsTrail(place)));
    return said(await content.readSpread(directory));
  });
}

/** As the service would answer it. */
async function refusedAs(change: Promise<void>): Promise<void> {
  const { AuthError } = await import('../../lib/errors.ts');
  try {
    await change;
  } catch (error) {
    if (!(error instanceof AuthError) || error.status >= 500) throw error;
    const { code, rule, field } = error.said;
    throw new Refused(error.status, error.message, { code, rule, ...(field && { field }) });
  }
}

const said = (spread: Spread | undefined): Output => ({
  json: { on: spread !== undefined, ...spread },
  text: spread
    ? `on: ${count(spread.buckets, 'bucket')} of domains, ${count(spread.shards, 'manifest')} each`
    : 'off: every call reads what all callers share',
});

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What is not named stays as it is. */
function spreadOption(given: { [name in keyof Spread]?: string | undefined }): Partial<Spread> {
  const buckets = numberOption(given.buckets, 'buckets', 1);
  const shards = numberOption(given.shards, 'shards', 1);
  if (buckets === undefined && shards === undefined)
    throw new Misuse('--buckets or --shards is required');
  if ((buckets ?? 1) * (shards ?? 1) > MOST)
    throw new Misuse(`--buckets times --shards must be at most ${MOST}`);
  return { ...(buckets && { buckets }), ...(shards && { shards }) };
}

export const MEMORY_COMMANDS: Readonly<Record<string, Command>> = {
  'memory on': command({
    summary:
      'lets functions remember what all callers share: once every function is of this release',
    usage: DEPLOYMENT_USAGE,
    options: DEPLOYMENT,
    run: (_operands, place) =>
      onDirectory(place, (content, directory, trail) =>
        content.nameContent(directory, undefined, trail),
      ),
  }),
  'memory off': command({
    summary: 'makes every call read what all share again: before a release of before is deployed',
    usage: DEPLOYMENT_USAGE,
    options: DEPLOYMENT,
    run: (_operands, place) =>
      onDirectory(place, (content, directory, trail) => content.unnameContent(directory, trail)),
  }),
  'memory spread': command({
    summary: `spreads what every call reads over several items, ${MOST} at most, while calls go on; what is not named stays`,
    usage: `[--buckets NUMBER] [--shards NUMBER] ${DEPLOYMENT_USAGE}`,
    options: { ...SPREAD, ...DEPLOYMENT },
    async run(_operands, { buckets, shards, ...place }) {
      const spread = spreadOption({ buckets, shards });
      return onDirectory(place, (content, directory, trail) =>
        content.spreadContent(directory, spread, trail),
      );
    },
  }),
  'memory status': command({
    summary: 'says whether functions remember what all share, and how it is spread',
    usage: DEPLOYMENT_USAGE,
    options: DEPLOYMENT,
    run: (_operands, place) => onDirectory(place),
  }),
};
