/**
 * Issuing a token in each dialect against its floor (issue-floor.ts), call by call in turns in one
 * process.
 *
 * @module
 */
import { issuance } from './events.ts';
import type { issueFloor } from './issue-floor.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Endpoint, Service } from './service.ts';
import { type Call, compareInTurns } from './statistics.ts';
import { inSteps } from './wire.ts';

const LIMIT = 1.15;
/** A hash takes ten times as long as all else, so there fewer calls do. */
const WITH_HASH = { warmUp: 20, blocks: 8, callsABlock: 12 };
const WITHOUT = { warmUp: 500, blocks: 12, callsABlock: 150 };

type Dialect = { product: keyof typeof issuance; bundle: 'login' | 'token'; password?: string };

const DIALECTS: Record<string, Dialect> = {
  'Webitel, POST /login': { product: 'webitel', bundle: 'login', password: 'abc321' },
  'Appmixer, POST /user/auth': { product: 'appmixer', bundle: 'login', password: 'abc321' },
  'Faveo, POST /api/v1/authenticate': { product: 'faveo', bundle: 'login', password: 'abc321' },
  'Mluvii, client_credentials': { product: 'mluvii', bundle: 'token' },
};

export async function measureIssue(service: Service): Promise<Target[]> {
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const [name, dialect] of Object.entries(DIALECTS)) {
    const pace = dialect.password === undefined ? WITHOUT : WITH_HASH;
    const [own, bare] = [issuer(service, dialect), await floorOf(service, dialect)];
    const compared = await compareInTurns(own, bare, pace);
    const { ours, least, ratio } = compared(0.5);
    rows.push([name, milliseconds(ours), milliseconds(least), ratio.toFixed(2)]);
    targets.push({ name: `issuance (${name}), p50 to the floor`, measured: ratio, limit: LIMIT });
  }
  printTable(['token by', 'p50', 'floor', 'ratio'], rows);
  return targets;
}

/** @returns The token. */
function issuer({ bundles }: Service, { product, bundle }: Dialect): () => Promise<string> {
  const { handler } = bundles.load<Endpoint>(bundle);
  const event = issuance[product]();
  return async () => {
    const { statusCode, body = '' } = await handler(event, {});
    if (statusCode !== 200) throw new Error(`${product}: ${statusCode} ${body}`);
    const { token, access_token } = JSON.parse(body) as { token?: string; access_token?: string };
    return token ?? access_token ?? '';
  };
}

/** The very requests that the function sent, and what it signed. */
async function floorOf(service: Service, dialect: Dialect): Promise<Call> {
  let token = '';
  const requests = await service.overWire(async () => {
    const issue = issuer(service, dialect);
    // The first call of an instance knows less, and may ask more.
    await issue();
    return service.wire.during(async () => {
      token = await issue();
    });
  });
  const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')));
  const { issueFloor: prepare } = service.bundles.load<{ issueFloor: typeof issueFloor }>(
    'issue-floor',
  );
  return prepare({ steps: inSteps(requests), password: dialect.password, signed });
}
