/**
 * latchkey destroy: deletes a stage for good, with its users, sessions and keys, whether its stack is
 * there or not. Nothing but a backup of one's own brings it back.
 *
 * @module
 * @see docs/deploy.md
 */
import { useDeployment } from '../deployment.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';
import { readName } from './secret-input.ts';
import { WHOLE_STAGE, WHOLE_STAGE_USAGE, wholeStage } from './whole-stage.ts';

export const destroyStage = command({
  summary: 'deletes a stage for good, and all users, sessions and keys with it',
  usage: `${WHOLE_STAGE_USAGE} [--confirm NAME]`,
  options: { ...WHOLE_STAGE, confirm: { type: 'string' } },
  async run(_operands, options) {
    const stage = wholeStage(options.stage);
    if (options.confirm === undefined)
      console.error(
        `This deletes the stage ${stage} in ${options.region} for good. Type its name to go on.`,
      );
    const typed = await readName('confirm', options.confirm);
    if (typed !== stage) throw new Failure(`that is not the stage's name: nothing was deleted`);
    useDeployment({ region: options.region, local: false });
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ destroy }, { connectStage }] = await Promise.all([
      import('../stage/destroy.ts'),
      import('../stage/connect.ts'),
    ]);
    const done = await destroy(connectStage(stage));
    const text = done.length > 0 ? done.join('\n') : `nothing of the stage ${stage} is there`;
    return { json: { stage, done }, text };
  },
});
