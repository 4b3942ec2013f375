/**
 * Many users at once, as the admin API takes them: each is read, made or refused alone.
 *
 * @module
 */
import type * as v from 'valibot';
import { AuthError, refuseField } from '../../errors.ts';
import { parseInput } from '../../http/input.ts';
import { json } from '../../http/response.ts';
import {
  importUsers,
  type Newcomer,
  type Origin,
  type Outcome,
} from '../../manage/users/import.ts';
import { startOf } from '../../time.ts';
import { type Handler, readBody } from './call.ts';
import type * as answers from './import-answers.ts';
import { ImportedUser, UserImport } from './import-schemas.ts';

export const usersImport: Handler = async (call) => {
  const { tables, administrator, trail, now } = call;
  const { users, import: named, ...terms } = readBody(UserImport, call);
  if (named && named.lines.length !== users.length)
    throw refuseField('import.lines', 'field-malformed', 'must be as many as the users');
  const own = administrator.caller.subject.domain;
  const outcomes = await importUsers(
    tables.directory,
    administrator,
    users.map((one, at) => ({ said: readUser(one, own), origin: originOf(named, at) })),
    { ...terms, now: startOf(now), trail },
  );
  return json(200, { results: outcomes.map(view) });
};

function originOf(
  named: v.InferOutput<typeof UserImport>['import'],
  at: number,
): Origin | undefined {
  const line = named?.lines[at];
  return named && line !== undefined ? { by: named.id, line } : undefined;
}

/** What is no object at all is refused by the schema like any other. */
function readUser(sent: unknown, own: string): Newcomer | AuthError {
  try {
    const { domain = own, ...rest } = parseInput(ImportedUser, sent as Record<string, unknown>);
    return { ...rest, domain };
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
}

type Result = v.InferOutput<typeof answers.ImportedUsers>['results'][number];

function view(outcome: Outcome): Result {
  if (outcome.status !== 'refused') return outcome;
  const { message, said } = outcome.refusal;
  const { code, rule, field } = said;
  return { status: 'refused', detail: message, code, rule, ...(field !== undefined && { field }) };
}
