/**
 * What an administrator says of a domain, one line a setting; part of the domain's item (domains.ts). Where
 * nothing is said, the default holds, which is the safe one or what it was before there was the setting.
 *
 * Every verdict reads it: nothing that is large belongs here.
 *
 * @module
 */
import * as v from 'valibot';

export const POLICY = {
  /** What a new password must be (manage/users/password-rule.ts). */
  passwords: v.picklist(['full', 'seed']),
};

export const DEFAULT_POLICY = { passwords: 'full' } as const satisfies DomainPolicy;

/** As stored: what was said. */
export const DomainPolicyItem = v.partial(v.object(POLICY));
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
