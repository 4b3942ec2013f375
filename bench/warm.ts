/**
 * The warm authorizer against the floor (floor.ts), call by call in turns in one process.
 *
 * @module
 */
import { authorizerCall, type Credential } from './events.ts';
import type { floor } from './floor.ts';
import { partsOf } from './parts.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Authorizer, Service } from './service.ts';
import { type Call, compareInTurns } from './statistics.ts';

const PACE = { warmUp: 500, blocks: 12, callsABlock: 200 };
const LIMIT = 1.15;
const CALL = 'GET /book/1';
const CALLERS = { user: '200@mydomain.com', root: '100@mydomain.com' };

export async function measureWarm(service: Service): Promise<Target[]> {
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const [role, username] of Object.entries(CALLERS)) {
    const credential = await service.logIn(username);
    const [ours, floor] = [await authorizer(service, credential), await bare(service, credential)];
    const compared = await compareInTurns(ours, floor, PACE);
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const { ours, least, ratio } = compared(share);
      rows.push([`${role}, ${name}`, milliseconds(ours), milliseconds(least), ratio.toFixed(2)]);
    }
    const name = `warm authorizer (${role}), p50 to the floor`;
    targets.push({ name, measured: compared(0.5).ratio, limit: LIMIT });
  }
  printTable([`${CALL} as`, 'authorizer', 'floor', 'ratio'], rows);
  return targets;
}

async function authorizer({ bundles }: Service, credential: Credential): Promise<Call> {
  const { handler } = bundles.load<Authorizer>('authorizer');
  const event = authorizerCall(CALL, credential);
  return async () => {
    const answer = await handler(event);
    if (!('isAuthorized' in answer && answer.isAuthorized)) throw new Error('the call was refused');
  };
}

/** The very read that the authorizer sends for this caller, and the caller's own signature. */
export async function bare(service: Service, credential: Credential): Promise<Call> {
  const sent = await service.overWire(() => {
    const { handler } = service.bundles.load<Authorizer>('authorizer');
    return service.wire.during(() => handler(authorizerCall(CALL, credential)));
  });
  const read = sent.find((exchange) => exchange.action === 'BatchGetItem')?.body;
  if (!read) throw new Error('the authorizer sent no BatchGetItem');
  const asked = Object.values(read.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);

  const { floor: prepare } = service.bundles.load<{ floor: typeof floor }>('floor');
  const call = prepare({ read, ...(await partsOf(service, credential.token)) });
  return async () => {
    if ((await call()) !== asked.length) throw new Error('the floor did not read all items');
  };
}
