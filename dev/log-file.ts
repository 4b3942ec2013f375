/**
 * The local stack's log as a file, for the commands that read a deployment's logs (`latchkey why` and so
 * on): what CloudWatch is there.
 *
 * Item: { at (epoch milliseconds), log (a function's short name, or `access`), members }, one a line.
 *
 * It starts anew with the stack once it is larger than `MAX_BYTES`; of the stack before one file is kept.
 *
 * @module
 */
import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayRequest } from './gateway/request.ts';
import type { Answer } from './gateway/server.ts';

const MAX_BYTES = 50 * 1024 * 1024;
/** As the local Lambda names the service's functions, and what they write. */
const OF_SERVICE = /^latchkey-[a-z0-9]+-([a-z]+): (\{.*\})$/;

export function logFile(dataDir: string) {
  const file = join(dataDir, 'log.ndjson');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES)
    renameSync(file, `${file}.1`);
  const append = (log: string, members: unknown): void =>
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), log, members })}\n`, { mode: 0o600 });
  return {
    /** A line as the stack prints it. What is no JSON is the runtime's, and stays on the screen. */
    line(text: string): void {
      const [, log, json] = OF_SERVICE.exec(text) ?? [];
      if (log && json) append(log, parsed(json));
    },
    /** Without its path, as the access log of a deployment is. */
    call({ id: requestId, method, sourceIp: address, time }: GatewayRequest, { status }: Answer) {
      append('access', { requestId, time, address, method, status, ms: Date.now() - time });
    },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return { text: json };
  }
}
