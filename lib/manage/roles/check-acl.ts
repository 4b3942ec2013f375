/**
 * An ACL as somebody typed it: known resources, known letters, each named when it is not.
 *
 * Errors: `invalid_request` naming the field.
 *
 * @module
 */
import * as v from 'valibot';
import { AuthError } from '../../errors.ts';
import type { Registry } from '../../store/directory/resources.ts';
import { type Acl, LETTERS } from '../../store/directory/roles.ts';

const MAX_RESOURCES = 200;

/** Resource name to letters; nothing else may be in it. */
export const AclInput = v.pipe(
  v.record(v.string(), v.pipe(v.array(v.picklist(LETTERS)), v.maxLength(LETTERS.length))),
  v.maxEntries(MAX_RESOURCES),
);

/** @param field - The name under which the caller sent it. */
export function checkAcl(field: string, input: unknown, { patterns }: Registry): Acl {
  const { success, output, issues } = v.safeParse(AclInput, input, { abortEarly: true });
  if (!success) {
    const resource = issues[0].path?.[0]?.key;
    const place = resource === undefined ? field : `${field}: ${JSON.stringify(resource)}`;
    throw refusal(place, `must map resources to lists of ${LETTERS.join(' ')}`);
  }
  // Valibot leaves names such as `__proto__` out of the output without a word.
  const unknown = Object.keys(input as object).find((name) => !Object.hasOwn(patterns, name));
  if (unknown !== undefined)
    throw refusal(`${field}: ${JSON.stringify(unknown)}`, 'is not a registered resource');
  return output;
}

const refusal = (field: string, problem: string) =>
  new AuthError('invalid_request', `${field} ${problem}`, 'an ACL that is not valid');
