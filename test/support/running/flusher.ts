/**
 * The real `flush` function behind the streams of both tables, as its event source mappings run it,
 * against the local control plane.
 */
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { inject, vi } from 'vitest';
import { cleanups } from '../../../dev/cleanups.ts';
import { startControlPlane } from '../../../dev/gateway/control-plane.ts';
import type { ApiGateway } from '../../../dev/gateway/server.ts';
import { runEventSource } from '../../../dev/streams/event-source.ts';
import type { Table } from '../../../lib/aws/table.ts';
import type { Service } from './service.ts';

/** @param apiId - Of the cache that is asked for, which need not be that of the gateway. */
export async function startFlusher(
  { tables }: Service,
  gateway: ApiGateway,
  apiId: string,
): Promise<{ done: () => number; stop: () => Promise<void> }> {
  const closing = cleanups();
  let done = 0;
  const counted: ApiGateway = {
    ...gateway,
    flush() {
      done += 1;
      gateway.flush();
    },
  };
  const control = await startControlPlane({ gateways: () => [counted], clock: Date.now });
  closing.add(() => control.stop());
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_APIGATEWAYV2: control.url,
    FLUSH_APIS: `arn:aws:apigateway:us-east-1::/apis/${apiId}/stages/$default/cache/authorizers`,
    FLUSH_INTERVAL: '1',
  });
  vi.resetModules();
  const { handler } = await import('../../../functions/flush.ts');
  const invoke = async (_name: string, event: unknown) => handler(event as never);
  for (const table of [tables.sessions, tables.directory]) {
    await addStream(table);
    const source = {
      ...{ id: table.name, table: table.name, functionName: 'flush', streamArn: 'local' },
      ...{ batchSize: 1000, retries: 5, bisect: false, partial: false, from: 'LATEST' as const },
      matches: () => true,
    };
    closing.add(await runEventSource(source, { endpoint: inject('dynamodb'), invoke }));
  }
  return { done: () => done, stop: closing.run };
}

async function addStream({ client, name: TableName }: Table): Promise<void> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const;
  try {
    await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
  } catch (error) {
    if (!/already/i.test((error as Error).message)) throw error;
  }
}
