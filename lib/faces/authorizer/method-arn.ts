/**
 * Which call the ARN of an authorizer's event names. It alone has the path as the API has it, the same for
 * REST and HTTP APIs and in both payload versions: the event's own begins with the stage, or with the
 * mapping key of a domain name, and by its text nobody can tell where that ends.
 *
 * Errors: an ARN that is not of a method is a fault.
 *
 * @module
 * @see API Gateway Developer Guide, "Control access for invoking an API" (the ARN's form)
 */
import { Fault } from '../../errors.ts';

/** arn:partition:execute-api:region:account:api/stage/METHOD/path */
const METHOD_ARN = /^(arn:[^:]+:execute-api:[^:]+:[^:]+:([^/]+)\/([^/]+))\/([^/*$]+)(\/.*)?$/s;

/** `arn`: up to the stage. */
type Method = { arn: string; api: string; stage: string; method: string; path: string };

export function readMethodArn(arn: string): Method {
  const [, upToStage = '', api = '', stage = '', method, path = '/'] = METHOD_ARN.exec(arn) ?? [];
  if (!method) throw new Fault('an authorizer event without a method ARN');
  return { arn: upToStage, api, stage, method, path };
}
