/**
 * latchkey trail retell: has those told who were to hear of events that the reader of their stream gave up.
 *
 * @module
 * @see docs/operate.md, EventsUnreadAlarm
 */
import { useDeployment } from '../deployment.ts';
import { command } from './command.ts';
import { WHOLE_STAGE, WHOLE_STAGE_USAGE, wholeStage } from './whole-stage.ts';

export const trailRetell = command({
  summary: 'tells again of the events that their reader gave up, once the cause is gone',
  usage: WHOLE_STAGE_USAGE,
  options: WHOLE_STAGE,
  async run(_operands, { stage: given, region }) {
    const stage = wholeStage(given);
    useDeployment({ region, local: false });
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const { retell } = await import('../stage/dead-trail.ts');
    const retold = await retell(stage);
    const { letters, events, unread } = retold;
    const text =
      letters + unread === 0
        ? `the reader of ${stage} has given up nothing`
        : `told again of ${events} events, of ${letters} batches that were given up`;
    const note = `${unread} letters say no time, and stay in the queue`;
    return { json: retold, text, ...(unread > 0 && { note, exitCode: 1 }) };
  },
});
