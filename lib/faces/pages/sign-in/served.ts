/**
 * A page of ours: for people who go there, in the language that they switch to, with refusals as pages in the
 * brand of whoever the request is for.
 *
 * @module
 */
import { refuse } from '../../../errors.ts';
import { type Endpoint, plainError } from '../../../http/endpoint.ts';
import { isByPage } from '../../../http/navigation.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { type BrandServices, dressed } from '../shell/brand-of.ts';
import { switched } from '../shell/language-switch.ts';
import { siteOf } from '../shell/page.ts';
import { showFailure } from './authorization.ts';

type Wearing = { issuer: string } & BrandServices;
type Run<Services> = (services: Services, request: HttpRequest) => Promise<HttpResponse>;

/** @param isSilent - Of a request: that it is made without a page, and answered to whom it names alone. */
export const served =
  <Services extends Wearing>(
    services: Services,
    isSilent: (request: HttpRequest) => boolean = () => false,
  ) =>
  (run: Run<Services>): Endpoint => ({
    run: async (request) => {
      if (!isSilent(request)) requireNavigation(request);
      return switched(services.issuer, request) ?? run(services, request);
    },
    ...refusedAsPages(services),
  });

/** As JSON for a program. */
export const refusedAsPages = (services: Wearing): Omit<Endpoint, 'run'> => ({
  showError: plainError,
  showPage: async (error, seen, requestId) =>
    showFailure(await dressed(services, siteOf(services.issuer, seen)), error, requestId),
});

/** The page of another can neither read ours nor press a button of it, wherever it is at home. */
function requireNavigation(request: HttpRequest): void {
  if (isByPage(request))
    throw refuse('invalid_request', 'not-a-navigation', 'This page is for people who go there.');
}
