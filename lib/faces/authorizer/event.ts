/**
 * The events that API Gateway and AppSync send to a Lambda authorizer, told apart.
 *
 *   HTTP API        http-api.ts        version 2.0 or 1.0
 *   REST API        rest-api.ts        type TOKEN or REQUEST, ARN of a method
 *   WebSocket API   websocket-api.ts   type REQUEST, ARN of $connect
 *   AppSync         appsync.ts         a token and a request context, no type
 *
 * Errors: an event that is none of these is a fault, never an Allow.
 *
 * @module
 */

import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
  AppSyncAuthorizerEvent,
} from 'aws-lambda';
import { Fault } from '../../errors.ts';
import type { AuthorizerCall } from './answer.ts';
import type { AnswersOf } from './api-answers.ts';
import { fieldsCall } from './appsync.ts';
import { type HttpV1Event, httpCall, httpV1Call } from './http-api.ts';
import { type RestRequestEvent, requestCall, tokenCall } from './rest-api.ts';
import { connectCall, isConnect } from './websocket-api.ts';

export type AuthorizerEvent =
  | APIGatewayRequestAuthorizerEventV2
  | HttpV1Event
  | APIGatewayTokenAuthorizerEvent
  | RestRequestEvent
  | AppSyncAuthorizerEvent;

type HttpEvent = APIGatewayRequestAuthorizerEventV2 | HttpV1Event;
type OtherEvent = Exclude<AuthorizerEvent, HttpEvent>;

export function readAuthorizerEvent(event: AuthorizerEvent, answersOf: AnswersOf): AuthorizerCall {
  // What is no object has no members.
  const sent: AuthorizerEvent = Object(event);
  const call = 'version' in sent ? httpApiCall(sent, answersOf) : otherCall(sent, answersOf);
  if (!call) throw new Fault('an authorizer event of an unknown kind');
  return call;
}

function httpApiCall(event: HttpEvent, answersOf: AnswersOf) {
  // The call itself, of an API that takes us for its backend.
  if (event.type !== 'REQUEST') return undefined;
  if (event.version === '2.0') return httpCall(event, answersOf);
  return event.version === '1.0' ? httpV1Call(event as HttpV1Event) : undefined;
}

function otherCall(event: OtherEvent, answersOf: AnswersOf) {
  if ('methodArn' in event) {
    if (event.type === 'TOKEN') return tokenCall(event, answersOf);
    if (event.type !== 'REQUEST') return undefined;
    return isConnect(event) ? connectCall(event) : requestCall(event, answersOf);
  }
  const isFields = 'authorizationToken' in event && !('type' in event);
  return isFields ? fieldsCall(event, answersOf) : undefined;
}
