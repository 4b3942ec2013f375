/**
 * An ACL as somebody typed it: known resources, known letters, each named when it is not.
 *
 * Errors: `invalid_request` naming the field.
 *
 * @module
 */
import * as v from 'valibot';
import { AuthError } from '../../errors.ts';
import type { RuleName } from '../../rules.ts';
import type { Registry } from '../../store/directory/resources.ts';
import { type Acl, LETTERS } from '../../store/directory/roles.ts';

/** What it may say, and what it is once it has been checked. */
export { AclItem, LETTERS } from '../../store/directory/roles.ts';

/** Of one ACL as it is stored; what a role inherits is bounded in edit.ts. */
export const MAX_RESOURCES = 200;

/** Resource name to letters; nothing else may be in it. */
export const AclInput = v.pipe(
  v.record(v.string(), v.pipe(v.array(v.picklist(LETTERS)), v.maxLength(LETTERS.length))),
  v.maxEntries(MAX_RESOURCES),
);

export function checkAcl(input: unknown, { patterns }: Registry): Acl {
  const { success, output, issues } = v.safeParse(AclInput, input, { abortEarly: true });
  if (!success) {
    const resource = issues[0].path?.[0]?.key;
    if (issues[0].type === 'max_entries') throw aclTooLong();
    const letters = `must map resources to lists of ${LETTERS.join(' ')}`;
    throw resource === undefined
      ? refusal('acl-malformed', letters)
      : refusal('letters-malformed', `${JSON.stringify(resource)} ${letters}`);
  }
  // Valibot leaves names such as `__proto__` out of the output without a word.
  const unknown = Object.keys(input as object).find((name) => !Object.hasOwn(patterns, name));
  if (unknown !== undefined)
    throw refusal(
      'resource-unregistered',
      `${JSON.stringify(unknown)} is not a registered resource`,
    );
  return output;
}

const refusal = (rule: RuleName, text: string) =>
  new AuthError({
    code: 'invalid_request',
    rule,
    text,
    field: 'acl',
    reason: 'an ACL that is not valid',
  });

export const aclTooLong = () =>
  refusal('acl-too-long', `must name at most ${MAX_RESOURCES} resources`);
