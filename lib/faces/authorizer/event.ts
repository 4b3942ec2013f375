/**
 * The events that API Gateway and AppSync send to a Lambda authorizer, told apart.
 *
 *   HTTP API        authorizer-http.ts        version 2.0 or 1.0
 *   REST API        authorizer-rest.ts        type TOKEN or REQUEST, ARN of a method
 *   WebSocket API   authorizer-websocket.ts   type REQUEST, ARN of $connect
 *   AppSync         authorizer-appsync.ts     a token and a request context, no type
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

export function readAuthorizerEvent(event: AuthorizerEvent, answersOf: AnswersOf): AuthorizerCall {
  if ('version' in event) {
    if (event.version === '2.0') return httpCall(event, answersOf);
    if (event.version === '1.0') return httpV1Call(event as HttpV1Event);
  } else if ('methodArn' in event) {
    if (event.type === 'TOKEN') return tokenCall(event, answersOf);
    if (event.type === 'REQUEST')
      return isConnect(event) ? connectCall(event) : requestCall(event, answersOf);
  } else if ('authorizationToken' in event && !('type' in event)) {
    return fieldsCall(event, answersOf);
  }
  throw new Fault('an authorizer event of an unknown kind');
}
