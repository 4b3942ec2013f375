/**
 * latchkey adopt: takes what outlived a stage's stack into a stack again, so that `serverless deploy`
 * works: after `serverless remove`, or after a first deployment that failed half way.
 *
 * @module
 * @see docs/deploy.md
 */
import { useDeployment } from '../deployment.ts';
import { command } from './command.ts';
import { WHOLE_STAGE, WHOLE_STAGE_USAGE, wholeStage } from './whole-stage.ts';

export const adoptStage = command({
  summary: 'takes the tables, keys and secret that a removed stage left into a stack again',
  usage: WHOLE_STAGE_USAGE,
  options: WHOLE_STAGE,
  async run(_operands, options) {
    const stage = wholeStage(options.stage);
    useDeployment({ region: options.region, local: false });
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const [{ adopt }, { connectStage }] = await Promise.all([
      import('../stage/adopt.ts'),
      import('../stage/connect.ts'),
    ]);
    const { status, ids } = await adopt(connectStage(stage));
    const next = `npx serverless deploy --stage ${stage} --region ${options.region}`;
    const done =
      status === 'adopted' ? `adopted ${ids.join(', ')}` : 'nothing is kept outside of the stack';
    return { json: { status, adopted: ids, next }, text: `${done}; now: ${next}` };
  },
});
