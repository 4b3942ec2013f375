/**
 * What calls the functions of a local stack: the readers of the streams, and a gateway a template, each
 * on the next port.
 *
 * @module
 */
import type { Certificate } from './certificate.ts';
import type { Cleanups } from './cleanups.ts';
import { apisOf } from './gateway/apis.ts';
import type { GatewayOptions } from './gateway/http-api.ts';
import type { ApiGateway } from './gateway/server.ts';
import { startGateway } from './gateway/start.ts';
import type { Invoke } from './lambda.ts';
import { runEventSource } from './streams/event-source.ts';
import { eventSources } from './streams/event-source-model.ts';
import type { Stack } from './template.ts';

export interface Listening {
  stacks: readonly Stack[];
  invoke: Invoke;
  /** Of DynamoDB, whose streams are read. */
  endpoint: string;
  /** The first. */
  port: number;
  tls: Certificate | undefined;
  clock: () => number;
  log: (line: string) => void;
  /** Sees every call of the first stack, and its answer. */
  observe: GatewayOptions['observe'];
}

export async function listen(
  { stacks, endpoint, observe, port, ...options }: Listening,
  closing: Cleanups,
): Promise<ApiGateway[]> {
  const { invoke, log } = options;
  for (const source of stacks.flatMap(eventSources))
    closing.add(await runEventSource(source, { endpoint, invoke, log }));
  const gateways: ApiGateway[] = [];
  for (const [index, one] of inOrder(stacks).entries()) {
    const first = index === 0 ? observe : undefined;
    const gateway = await startGateway({
      ...options,
      stack: one,
      observe: first,
      port: port + index,
    });
    closing.add(() => gateway.stop());
    gateways.push(gateway);
  }
  return gateways;
}

/** The first API of each stack, then what they have besides: as in services.ts. */
function inOrder(stacks: readonly Stack[]): Stack[] {
  const all = stacks.map(apisOf);
  return [...all.flatMap(([first]) => first ?? []), ...all.flatMap(([, ...more]) => more)];
}
