/**
 * The claims parameter: claims asked for by name, and what the sign-in has to be.
 *
 * Those of a scope that the client may not ask for are left out, like all that are not given.
 *
 * In:     { userinfo?: { name: null | { essential?, value?, values? } }, id_token?: … }
 * Errors: `invalid_request` for anything else; `unmet_authentication_requirements` for an essential
 *         `acr` that no sign-in here has, so that another one would not help either.
 *
 * @module
 * @see OpenID Connect Core §5.5 (the parameter; unknown members are ignored), §5.5.1.1 (acr)
 */
import * as v from 'valibot';
import { refuse } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { RequestedClaims } from '../../store/sessions/grants.ts';
import { mayAskClaim } from '../scopes/of-user.ts';
import { CONTEXTS } from './authentication-context.ts';

const Requirement = v.nullable(
  v.looseObject({
    essential: v.optional(v.boolean()),
    value: v.optional(v.unknown()),
    values: v.optional(v.array(v.unknown())),
  }),
);
const Requirements = v.nullish(v.record(v.string(), Requirement));
const Claims = v.pipe(
  v.looseObject({ userinfo: Requirements, id_token: Requirements }),
  v.check(({ userinfo, id_token }) => userinfo != null || id_token != null),
);
type Required = v.InferOutput<typeof Requirement> | undefined;

export type CheckedClaims = {
  claims: RequestedClaims | undefined;
  /** The only user who will do. */
  subject: string | undefined;
  /** The ways to sign in of which one has to have been taken; any, where none is named. */
  contexts: readonly string[] | undefined;
  authTime: boolean;
};

/** They are kept with the code and the grant. */
const MAX_CLAIMS = 50;
const MAX_NAME = 128;

const NOTHING: CheckedClaims = {
  claims: undefined,
  subject: undefined,
  contexts: undefined,
  authTime: false,
};

export function checkClaims(
  { scopes }: Pick<Client, 'scopes'>,
  requested: string | undefined,
): CheckedClaims {
  if (requested === undefined) return NOTHING;
  const { success, output } = v.safeParse(Claims, parsed(requested));
  if (!success) throw malformed();
  const idToken = output.id_token ?? {};
  const userinfo = output.userinfo ?? {};
  const names = [...Object.keys(idToken), ...Object.keys(userinfo)];
  if (names.length > MAX_CLAIMS || names.some((name) => name.length > MAX_NAME)) throw malformed();
  const contexts = checkContext(own(idToken, 'acr'));
  const allowed = (claims: object) =>
    Object.keys(claims).filter((name) => mayAskClaim(scopes, name));
  return {
    claims: { idToken: allowed(idToken), userinfo: allowed(userinfo) },
    contexts,
    subject: subjectOf(own(idToken, 'sub')) ?? subjectOf(own(userinfo, 'sub')),
    authTime: Object.hasOwn(idToken, 'auth_time'),
  };
}

function parsed(requested: string): unknown {
  try {
    return JSON.parse(requested);
  } catch {
    throw malformed();
  }
}

const own = (claims: Readonly<Record<string, Required>>, name: string): Required =>
  Object.hasOwn(claims, name) ? claims[name] : undefined;

function checkContext(acr: Required): readonly string[] | undefined {
  if (!acr?.essential) return undefined;
  const wanted = acr.values ?? (acr.value === undefined ? undefined : [acr.value]);
  const known = wanted && CONTEXTS.filter((context) => wanted.includes(context));
  if (known?.length === 0)
    throw refuse(
      'unmet_authentication_requirements',
      'acr-unmet',
      'No sign-in here has the acr that is asked for.',
    );
  return known;
}

function subjectOf(sub: Required): string | undefined {
  if (sub?.value === undefined) return undefined;
  if (typeof sub.value !== 'string' || sub.value === '') throw malformed();
  return sub.value;
}

const malformed = () =>
  refuse(
    'invalid_request',
    'claims-malformed',
    'The claims must be a JSON object with userinfo or id_token.',
  );
