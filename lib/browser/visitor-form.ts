/**
 * A form of somebody who is not signed in, as it comes back: from the browser that we gave it to, within the
 * hour, for the page that it was on. What another site makes the browser send is none.
 *
 * In:     application/x-www-form-urlencoded: request (what the page goes on with), token, issued_at, and
 *         the page's own fields
 * Errors: `invalid_request` for what is no form, or has a field twice. A form that is too old, of another
 *         browser or tampered with is an answer.
 *
 * @module
 */
import { randomSecret } from '../crypto.ts';
import { setCookie } from '../http/cookies.ts';
import { form, type HttpRequest } from '../http/request.ts';
import { parametersIn } from '../http/text.ts';
import { type FormServices, type FormState, formKeyOf } from './form.ts';
import { FORM_LIFETIME, formToken, isFormToken } from './form-token.ts';

export type VisitorForm = {
  status: 'valid' | 'expired';
  /** What the page goes on with. Of an expired form nobody has proven anything. */
  sent: URLSearchParams;
  fields: ReadonlyMap<string, string>;
};
/** `path`: of the page, so that a form of one is none of another. */
type Page = { path: string; sent: URLSearchParams };

const purpose = 'visitor' as const;

export function readVisitorForm(
  services: FormServices,
  request: HttpRequest,
  path: string,
): VisitorForm {
  const fields = form(request);
  const carried = fields.get('request') ?? '';
  const key = formKeyOf(services, request);
  const proof = { token: fields.get('token'), issuedAt: fields.get('issued_at') };
  const context = { issuer: services.issuer, purpose, request: about(path, carried) };
  const valid = key !== undefined && isFormToken({ ...context, key }, proof, services.now());
  return { status: valid ? 'valid' : 'expired', sent: parametersIn(carried), fields };
}

const about = (path: string, carried: string): string => `${path}?${carried}`;

/** Of a page, with the cookie that goes with it: the same one in every tab. */
export function visitorState(
  services: FormServices,
  request: HttpRequest,
  { path, sent }: Page,
): FormState & { cookie: string } {
  const key = formKeyOf(services, request) ?? randomSecret();
  const carried = sent.toString();
  const issuedAt = services.now();
  const context = { issuer: services.issuer, key, purpose, request: about(path, carried) };
  const cookie = setCookie(services.issuer, 'latchkey-form', { value: key, maxAge: FORM_LIFETIME });
  return { request: carried, token: formToken(context, issuedAt), issuedAt, cookie };
}
