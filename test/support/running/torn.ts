/**
 * A DynamoDB that shows what is really allowed to it, in front of the embedded engine, which commits at one
 * instant: a batch is read item by item, in any order, with pauses; the items of a transaction show one by
 * one, in any order, before it is answered. Who reads meanwhile finds an item as it was until it is shown.
 *
 * Conditions are the engine's to judge. As long as an item is not shown yet, other writes of it are refused as
 * a conflict, and reads of it in a transaction. A transaction that is sent again, by its token, has the answer that it had.
 *
 * NOT so for queries and scans, which pass as they are.
 *
 * @see "Isolation levels for DynamoDB transactions" in the Amazon DynamoDB Developer Guide
 */
import { Agent, request as send } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { broken, type Fault, type Request, startProxy } from './proxy.ts';

type Answer = { status: number; body: Record<string, unknown> };
type Image = Record<string, unknown> | undefined;
type Place = { TableName: string; Key: Record<string, { S: string }> };
type Torn = {
  endpoint: string;
  stop: () => Promise<void>;
};
export type Tearing = {
  /** From 0 to 1. */
  random: () => number;
  /** Milliseconds at most, before each read and before each item is shown. */
  pause?: number;
  /** How many writes of a thousand fail: before they are done, or with their answer lost for good. */
  failing?: number;
};

/** Answers of transactions. */
const KEPT = 1000;

export async function startTorn(target: string, tearing: Tearing): Promise<Torn> {
  const proxy = await startProxy(target);
  const engine = connect(target);
  const rest = async () => {
    const milliseconds = Math.floor((tearing.pause ?? 4) * tearing.random() ** 3);
    if (milliseconds > 0) await sleep(milliseconds);
  };
  const parts = {
    ...{ engine, rest, ...tearing },
    hidden: new Map<string, Image>(),
    held: new Map<string, 'one' | 'several'>(),
  };
  const writing = new Map<string, Promise<Fault>>();
  proxy.inject(({ action, body }) => {
    proxy.requests.length = 0;
    if (action === 'GetItem') return readOne(parts, body as Place).then((Item) => ok({ Item }));
    if (action === 'BatchGetItem') return readEach(parts, body);
    if (action === 'TransactGetItems') return readTogether(parts, body);
    if (action === 'TransactWriteItems') {
      const token = String(body['ClientRequestToken']);
      const answer = writing.get(token) ?? writeEach(parts, body);
      writing.set(token, answer);
      // A retry comes within seconds.
      const [oldest = ''] = writing.keys();
      if (writing.size > KEPT) writing.delete(oldest);
      return answer;
    }
    return action.endsWith('Item') ? writeOne(parts, action, body) : undefined;
  });
  return {
    endpoint: proxy.endpoint,
    stop: async () => {
      await proxy.stop();
      engine.stop();
    },
  };
}

type Parts = Tearing & {
  engine: ReturnType<typeof connect>;
  rest: () => Promise<void>;
  /** What is written and not shown yet, as it was before. */
  hidden: Map<string, Image>;
  /** What is being written, by how many writes at once. */
  held: Map<string, 'one' | 'several'>;
};

async function readOne({ engine, rest, hidden }: Parts, place: Place): Promise<Image> {
  await rest();
  const id = idOf(place);
  if (hidden.has(id)) return hidden.get(id);
  const { body } = await engine.ask('GetItem', { ...place, ConsistentRead: true });
  // Hidden since then: what the engine has said may be what nobody is to see yet.
  return hidden.has(id) ? hidden.get(id) : (body['Item'] as Image);
}

async function readEach(parts: Parts, body: Request['body']): Promise<Answer> {
  const asked = body['RequestItems'] as Record<string, { Keys: Place['Key'][] }>;
  const places = Object.entries(asked).flatMap(([TableName, { Keys }]) =>
    Keys.map((Key) => ({ TableName, Key })),
  );
  const Responses: Record<string, Image[]> = {};
  for (const place of shuffled(places, parts.random)) {
    const item = await readOne(parts, place);
    const found = Responses[place.TableName] ?? [];
    Responses[place.TableName] = item ? [...found, item] : found;
  }
  return ok({ Responses, UnprocessedKeys: {} });
}

/** All that is asked for as it is at one moment. */
async function readTogether({ engine, rest, held }: Parts, body: Request['body']): Promise<Answer> {
  await rest();
  const places = (body['TransactItems'] as { Get: Place }[]).map(({ Get }) => idOf(Get));
  const isBusy = () => places.map((id) => held.get(id) === 'several');
  if (isBusy().includes(true)) return conflictOf(isBusy());
  const answer = await engine.ask('TransactGetItems', body);
  // Held since then: the engine may have said what nobody is to see yet.
  return isBusy().includes(true) ? conflictOf(isBusy()) : answer;
}

async function writeEach(parts: Parts, body: Request['body']): Promise<Fault> {
  const { engine, rest, hidden, held, random, failing = 0 } = parts;
  const fate = random() * 1000;
  if (fate < failing / 2) return broken;
  const writes = body['TransactItems'] as Record<string, Request['body']>[];
  const all = writes.map((write) => placeOf(Object.values(write)[0] ?? {}));
  const written = writes.flatMap((write, index) =>
    'ConditionCheck' in write ? [] : (all[index] ?? []),
  );
  const isBusy = all.map((place) => held.has(idOf(place)));
  if (isBusy.includes(true)) return conflictOf(isBusy);
  for (const place of written) held.set(idOf(place), 'several');
  const images = await Promise.all(
    written.map(async (place) => {
      const { body: answer } = await engine.ask('GetItem', { ...place, ConsistentRead: true });
      return [idOf(place), answer['Item'] as Image] as const;
    }),
  );
  for (const [id, image] of images) hidden.set(id, image);
  const { status, body: answer } = await engine.ask('TransactWriteItems', body);
  for (const place of shuffled(written, random)) {
    if (status === 200) await rest();
    hidden.delete(idOf(place));
    held.delete(idOf(place));
  }
  return status === 200 && fate < failing ? 'cut' : { status, body: answer };
}

async function writeOne(parts: Parts, action: string, body: Request['body']): Promise<Answer> {
  const id = idOf(placeOf(body));
  while (parts.held.get(id) === 'one') await sleep(1);
  if (parts.held.has(id)) return conflict;
  parts.held.set(id, 'one');
  try {
    return await parts.engine.ask(action, body);
  } finally {
    parts.held.delete(id);
  }
}

const ok = (body: Record<string, unknown>): Answer => ({ status: 200, body });
const errorOf = (name: string, more = {}): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'in flight', ...more },
});
const conflict = errorOf('TransactionConflictException');
const conflictOf = (isBusy: readonly boolean[]): Answer =>
  errorOf('TransactionCanceledException', {
    CancellationReasons: isBusy.map((busy) => ({ Code: busy ? 'TransactionConflict' : 'None' })),
  });

function placeOf({ TableName, Key, Item }: Request['body']): Place {
  const { pk, sk } = (Key ?? Item) as Place['Key'];
  return { TableName: String(TableName), Key: { ...(pk && { pk }), ...(sk && { sk }) } };
}

const idOf = ({ TableName, Key }: Place): string =>
  JSON.stringify([TableName, Key['pk']?.S, Key['sk']?.S]);

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const places = all.map((one) => ({ one, at: random() }));
  return places.sort((left, right) => left.at - right.at).map(({ one }) => one);
}

/** Requests as they are on the wire, which no SDK turns into anything else. */
function connect(target: string) {
  const agent = new Agent({ keepAlive: true });
  const ask = (action: string, body: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        'x-amz-date': '20260101T000000Z',
        authorization: SIGNED,
      };
      const outgoing = send(target, { method: 'POST', agent, headers }, (incoming) => {
        const status = incoming.statusCode ?? 0;
        json(incoming).then(
          (answer) => resolve({ status, body: answer as Answer['body'] }),
          reject,
        );
      });
      outgoing.on('error', reject);
      outgoing.end(JSON.stringify(body));
    });
  return { ask, stop: () => agent.destroy() };
}

/** The engine looks at no signature, and wants one. */
const SIGNED =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
