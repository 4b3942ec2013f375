/**
 * `npm run tour`: every example request of the contracts, sent to the running stack, with its answer.
 *
 * Settings: PORT (3000) and HTTPS, as for `npm start`, with NODE_EXTRA_CA_CERTS for the latter; the example HTTP API is on the port above.
 *
 * Exit codes: 0 when each answer has the documented status, otherwise 1. It can be run again and
 * again: what it makes has a new name each time and is deleted at the end of its chapter.
 *
 * @module
 */
import { readHttps } from './scheme.ts';
import { APPMIXER, APPMIXER_USERS } from './tour/appmixer.ts';
import { FAVEO } from './tour/faveo.ts';
import { MLUVII } from './tour/mluvii.ts';
import { type Answer, indented, type Request, showAnswer, showRequest } from './tour/show.ts';
import { type Chapter, filled, type Memory, Missing, remember, type Step } from './tour/step.ts';
import { DOMAIN_TOKENS, LOGOUT, ROLES, WEBITEL } from './tour/webitel.ts';

const CHAPTERS: readonly Chapter[] = [
  WEBITEL,
  ROLES,
  DOMAIN_TOKENS,
  APPMIXER,
  APPMIXER_USERS,
  FAVEO,
  MLUVII,
  LOGOUT,
];
const WAIT_MS = 20_000;
const HOUR_MS = 3_600_000;

const port = Number(process.env['PORT'] || 3000);
const scheme = readHttps() ? 'https' : 'http';
const base = (at: Step['at']): string =>
  `${scheme}://127.0.0.1:${at === 'example' ? port + 1 : port}`;

function requestOf({ call, at, headers = {}, body }: Step, memory: Memory): Request {
  const [method = '', target = ''] = filled(call, memory).split(' ');
  const sent = Object.entries(headers).map(([name, value]) => [name, filled(value, memory)]);
  return {
    method,
    url: `${base(at)}${target}`,
    headers: Object.fromEntries(sent),
    body: body === undefined ? undefined : filled(body, memory),
  };
}

async function send({ url, method, headers, body }: Request): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(WAIT_MS),
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** @returns What is wrong with the answer, if anything. */
async function take(step: Step, memory: Memory): Promise<string | undefined> {
  console.log(`\n# ${step.title}${step.note ? ` (${step.note})` : ''}`);
  try {
    const request = requestOf(step, memory);
    console.log(indented(showRequest(request)));
    const answer = await send(request);
    console.log(`\n${indented(showAnswer(answer, step.status))}`);
    if (answer.status !== step.status) return `${answer.status} instead of ${step.status}`;
    if (step.keep) remember(step, JSON.parse(answer.text), memory);
    return undefined;
  } catch (error) {
    if (error instanceof Missing) return `not sent, ${error.message}`;
    throw error;
  }
}

async function tour(): Promise<string[]> {
  const memory: Memory = new Map([
    ['run', Date.now().toString(36)],
    ['in an hour', String(Date.now() + HOUR_MS)],
  ]);
  const wrong: string[] = [];
  for (const { name, steps } of CHAPTERS) {
    console.log(`\n=== ${name} ===`);
    for (const step of steps) {
      const problem = await take(step, memory);
      if (problem) wrong.push(`${name}, ${step.title}: ${problem}`);
    }
  }
  return wrong;
}

try {
  const wrong = await tour();
  const count = CHAPTERS.reduce((sum, { steps }) => sum + steps.length, 0);
  if (wrong.length === 0) console.log(`\n${count} requests, each answered as documented`);
  else console.error(`\nnot as documented:\n${indented(wrong.join('\n'))}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} catch (error) {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
  console.error(`\nthe tour ended early: ${reason}\nIs the stack running at ${base(undefined)}?`);
  process.exitCode = 1;
}
