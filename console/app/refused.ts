/**
 * A call that was refused, and how people are told.
 *
 * @module
 */
import type { components } from './openapi.d.ts';

export type Problem = components['schemas']['AdminProblem'];

const LETTERS: Readonly<Record<string, string>> = {
  GET: 'r',
  POST: 'c',
  PUT: 'u',
  PATCH: 'u',
  DELETE: 'd',
};

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly problem: Problem | undefined;
  readonly requestId: string | undefined;
  /** Seconds ago at most that whoever may do this has signed in (RFC 9470). */
  readonly maxAge: number | undefined;
  /** Which letter on which resource such a call needs. */
  readonly needs: { letter: string; resource: string };

  constructor(request: Request, response: Response, problem: Problem | undefined) {
    super(problem?.detail ?? `${response.status} ${response.statusText}`);
    this.status = response.status;
    this.problem = problem;
    this.requestId = response.headers.get('apigw-requestid') ?? undefined;
    this.maxAge = maxAgeIn(response.headers.get('www-authenticate') ?? '');
    const [, collection = ''] = /\/admin\/api\/([^/?]+)/.exec(request.url) ?? [];
    this.needs = { letter: LETTERS[request.method] ?? '?', resource: `admin/${collection}` };
  }

  /** What is wrong with a field, by its name; the field may be a member of an object. */
  get fields(): Readonly<Record<string, string>> {
    const errors = this.problem?.errors ?? [];
    return Object.fromEntries(errors.map(({ field, detail }) => [field, detail]));
  }
}

function maxAgeIn(challenge: string): number | undefined {
  const [, age] = /error="insufficient_user_authentication".*max_age="(\d+)"/.exec(challenge) ?? [];
  return age === undefined ? undefined : Number(age);
}

export async function refusedOf(request: Request, response: Response): Promise<Refused> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  const problem = isProblem ? ((await response.json()) as Problem) : undefined;
  return new Refused(request, response, problem);
}

const LETTER_WORDS: Readonly<Record<string, string>> = {
  c: 'create',
  r: 'read',
  u: 'update',
  d: 'delete',
};

/** @returns A sentence for people; what belongs to a field stands at the field, if it is shown. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Refused))
    return 'The service cannot be reached. Nothing that you typed is lost: try again.';
  const { status, needs, message } = error;
  if (status === 403 && error.problem?.rule === 'not-permitted')
    return `You may not do this: it needs the letter ${needs.letter} (${LETTER_WORDS[needs.letter]}) on ${needs.resource}.`;
  if (error.maxAge !== undefined)
    return `${message} You come back to this page; what is typed in a form stays, passwords excepted.`;
  if (status === 412) return 'Somebody else changed this meanwhile.';
  if (status === 429) return 'Too many calls at once. Try again in a moment.';
  if (status >= 500) return 'The service failed. Nothing that you typed is lost: try again.';
  return message;
}
