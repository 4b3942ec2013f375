/**
 * A double of the verifier for unit tests of your own handlers: it answers what the test says, and asks
 * nobody. Not for anything that serves calls.
 *
 *   const verifier = verifierThat(allows({ subject: 'alice', resource: 'cdr', action: 'r' }));
 *   const handler = makeHandler(verifier);
 *   …
 *   expect(verifier.calls).toEqual([{ method: 'GET', path: '/cdr/7' }]);
 *
 * @module
 */
import type { RequestedCall, Verification, VerifiedCaller, Verifier } from './verify.ts';

export interface VerifierDouble extends Verifier {
  /** What it was asked, in order. */
  readonly calls: readonly RequestedCall[];
}
/** Whatever is left out has a value of its own. */
export type Given = Partial<VerifiedCaller> & {
  resource?: string;
  action?: 'c' | 'r' | 'u' | 'd';
  own?: boolean;
};

const SOMEBODY: VerifiedCaller = {
  subject: 'test-subject',
  kind: 'user',
  key: 'test-key',
  username: 'test@example.com',
  domain: 'example.com',
  roles: [],
  scope: '',
  client: 'test-client',
};

/** @param answer - The same each time, or by the call; an Error is thrown, as a fault is. */
export function verifierThat(
  answer: Verification | Error | ((call: RequestedCall) => Verification | Error),
): VerifierDouble {
  const calls: RequestedCall[] = [];
  return {
    calls,
    async verify(_credential, call) {
      calls.push(call);
      const given = typeof answer === 'function' ? answer(call) : answer;
      if (given instanceof Error) throw given;
      return given;
    },
  };
}

export function allows({
  resource = 'test',
  action = 'r',
  own = false,
  ...caller
}: Given = {}): Verification {
  return { status: 'allowed', caller: { ...SOMEBODY, ...caller }, resource, action, own };
}

export function forbids({
  resource = 'test',
  action = 'r',
  own: _,
  ...caller
}: Given = {}): Verification {
  const reason = `the caller does not hold ${action} on ${resource}`;
  const lacks = { rule: 'letter-not-held', reason, resource, action } as const;
  return { status: 'forbidden', ...lacks, caller: { ...SOMEBODY, ...caller } };
}

export const knowsNobody = (reason = 'no credential'): Verification => ({
  status: 'unauthenticated',
  reason,
});
