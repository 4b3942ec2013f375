/**
 * The trail of whoever has a stage's AWS credentials: what the command line changes in its tables or its
 * keys is told in the name of their AWS identity.
 *
 * @module
 */
import { connect } from '../../lib/aws/table.ts';
import { type Trail, trailOf } from '../../lib/events/trail.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { Failure } from '../commands/failure.ts';

/** Days, as serverless.yml has them by default: a table says nothing of its stage's parameters. */
const RETENTION = 400;

export async function operatorsTrail(stage: string): Promise<Trail> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({});
  const { Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
  client.destroy();
  if (!arn) throw new Failure('AWS does not say whose credentials these are');
  const services = {
    events: { client: connect(), name: `latchkey-${stage}-events` },
    retention: RETENTION,
    metricNamespace: `latchkey-${stage}`,
    milliseconds: () => epochMilliseconds(Date.now()),
  };
  return trailOf(services, { kind: 'aws', arn }, { userAgent: 'latchkey' });
}
