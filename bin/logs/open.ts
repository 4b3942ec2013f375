/**
 * Which logs a command reads: those of a deployment, with the AWS credentials of the environment, or those
 * of the local stack.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Misuse } from '../commands/failure.ts';
import { DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { type Logs, spanOption } from './asked.ts';
import { insights } from './insights.ts';
import { localLogs } from './local.ts';

export const IN_LOGS = { ...DEPLOYMENT, since: { type: 'string' } } as const;
export const IN_LOGS_USAGE = `--since SPAN ${DEPLOYMENT_USAGE}`;
type Place = {
  stage: string;
  region: string;
  local: boolean;
  since?: string | undefined;
};

/** Epoch seconds. */
export type Span = { from: number; to: number };
const ALL = '90d';

export async function openLogs(place: Place): Promise<{ logs: Logs; span: Span }> {
  const { stage, region, local, since = local ? ALL : undefined } = place;
  if (since === undefined)
    throw new Misuse('--since is required, such as 24h: CloudWatch bills by what it scans');
  const to = Math.ceil(Date.now() / 1000);
  const span = { from: to - spanOption(since), to };
  if (local) return { logs: localLogs(process.env['LATCHKEY_DATA'] || '.latchkey'), span };
  useDeployment({ region, local });
  // Loaded only now: the SDK takes longer to load than the other commands to run.
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient({});
  return { logs: insights({ client, stage, pause: () => sleep(1000) }), span };
}
