/**
 * What an administrator says of a domain, one line a setting; part of the domain's item (domains.ts). Where
 * nothing is said, the default holds, which is the safe one or what it was before there was the setting.
 *
 * Every verdict reads it: nothing that is large belongs here.
 *
 * @module
 */
import * as v from 'valibot';

/** As good as for ever: a session's own end comes first. */
const CENTURY = 3_155_760_000;
const SessionBound = v.pipe(
  v.number(),
  v.safeInteger('must be whole seconds'),
  v.minValue(300, 'must be at least 300 seconds'),
  v.maxValue(CENTURY, `must be at most ${CENTURY} seconds`),
);

export const POLICY = {
  /** What a new password must be (manage/users/password-rule.ts). */
  passwords: v.picklist(['full', 'seed']),
  /** Seconds without a page of ours, after which a browser has to sign in again (browser/idle.ts). */
  sessionIdle: SessionBound,
  /** Seconds for which a sign-in of a person is good at the most (verdict/since-sign-in.ts). */
  sessionAbsolute: SessionBound,
  /** Who may make an account here: nobody, whom an administrator has invited, or everybody. */
  signUp: v.picklist(['closed', 'invite', 'open']),
  /** Where the addresses of those who sign up may be: `example.com`; any, where none is named. */
  mailDomains: v.array(v.string()),
  /** Whether a code by mail will do in place of a password. */
  emailCodes: v.boolean(),
  /** Whether people may delete their own accounts (account/delete-own.ts). */
  selfDelete: v.boolean(),
};

const PolicyItem = v.object(POLICY);
const DEFAULT_POLICY: v.InferOutput<typeof PolicyItem> = {
  passwords: 'full',
  sessionIdle: CENTURY,
  sessionAbsolute: CENTURY,
  signUp: 'closed',
  mailDomains: [],
  emailCodes: false,
  selfDelete: false,
};

/** As stored: what was said. */
export const DomainPolicyItem = v.partial(PolicyItem);
export type DomainPolicy = v.InferOutput<typeof DomainPolicyItem>;

/** What is left out stays; `null` takes back what was said. */
export type PolicyChange = {
  [K in keyof DomainPolicy]?: Exclude<DomainPolicy[K], undefined> | null | undefined;
};

export const policyOf = <T extends DomainPolicy>(said: T) => ({ ...DEFAULT_POLICY, ...said });

export function changedPolicy(said: DomainPolicy, change: PolicyChange): DomainPolicy {
  const settings = Object.keys(POLICY) as (keyof DomainPolicy)[];
  const after = settings.map((name) => {
    const wanted = change[name];
    return [name, wanted === undefined ? said[name] : (wanted ?? undefined)] as const;
  });
  return Object.fromEntries(after.filter(([, value]) => value !== undefined));
}
