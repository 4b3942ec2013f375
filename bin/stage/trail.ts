/**
 * The trail of whoever has a stage's AWS credentials: what the command line changes in its tables or its
 * keys is told in the name of their AWS identity, and kept for as long as the stage keeps events.
 *
 * @module
 */
import { connect } from '../../lib/aws/table.ts';
import { type Trail, trailOf } from '../../lib/events/trail.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { Failure } from '../commands/failure.ts';
import { outputOf } from './output.ts';

/** Days, as serverless.yml has them by default: where the stack does not say, or not to this identity. */
const RETENTION = 400;

type Place = { stage: string; local: boolean };

export async function operatorsTrail(place: Place): Promise<Trail> {
  const { stage } = place;
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({});
  const { Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
  client.destroy();
  if (!arn) throw new Failure('AWS does not say whose credentials these are');
  const services = {
    events: { client: connect(), name: `latchkey-${stage}-events` },
    retention: await retentionOf(place),
    metricNamespace: `latchkey-${stage}`,
    milliseconds: () => epochMilliseconds(Date.now()),
  };
  return trailOf(services, { kind: 'aws', arn }, { userAgent: 'latchkey' });
}

async function retentionOf({ stage, local }: Place): Promise<number> {
  if (local) return RETENTION;
  const said = await outputOf(stage, 'AuditRetention').catch(() => undefined);
  return said !== undefined && /^[1-9]\d{0,4}$/.test(said) ? Number(said) : RETENTION;
}
