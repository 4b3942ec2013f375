/**
 * What a request on the wire asks of IAM, whichever AWS service it is for.
 *
 * @module
 */
import type { Decision } from './decision.ts';
import { dynamoDbDecisions } from './dynamodb.ts';

/** `target` is the header `x-amz-target`, of which REST-like services have none. */
export type WireRequest = { method: string; path: string; target: string; body: string };

type Body = Record<string, unknown>;

/** @param service - As it stands in the signature's scope. */
export function decisionsOf(service: string, request: WireRequest): Decision[] {
  const name = request.target.split('.').at(-1) ?? '';
  switch (service) {
    case 'dynamodb':
      return dynamoDbDecisions(name, bodyOf(request));
    case 'secretsmanager':
      return [secretDecision(name, bodyOf(request))];
    case 'sqs':
      return [queueDecision(name, bodyOf(request))];
    case 'events':
      return busDecisions(bodyOf(request));
    case 'kms':
      return [
        { action: `kms:${name}`, resource: `signing-key:${bodyOf(request)['KeyId']}`, context: {} },
      ];
    case 'monitoring':
      return watchDecisions(name, bodyOf(request));
    case 'logs':
      return [logDecision(name, bodyOf(request))];
    case 's3':
      return [fileDecision(request)];
    case 'apigateway':
      return [gatewayDecision(request)];
    case 'ses':
      return mailDecisions(request);
    default:
      // No role permits it.
      return [{ action: `${service}:${name}`, resource: request.path, context: {} }];
  }
}

const bodyOf = ({ body }: WireRequest) => JSON.parse(body) as Body;

const secretDecision = (
  name: string,
  { SecretId, VersionStage, RotationLambdaARN }: Body,
): Decision => ({
  action: `secretsmanager:${name}`,
  resource: `secret:${SecretId}`,
  context: {
    ...(typeof VersionStage === 'string' && { 'secretsmanager:VersionStage': [VersionStage] }),
    ...(typeof RotationLambdaARN === 'string' && {
      'secretsmanager:RotationLambdaARN': [RotationLambdaARN],
    }),
  },
});

/** A batch is permitted as what it is made of. */
const queueDecision = (name: string, { QueueUrl }: Body): Decision => ({
  action: `sqs:${name.replace(/Batch$/, '')}`,
  resource: `queue:${String(QueueUrl).split('/').at(-1)}`,
  context: {},
});

/** What is measured knows no resource; alarms that are named are asked about one by one. */
const watchDecisions = (name: string, { AlarmNames }: Body): Decision[] =>
  (Array.isArray(AlarmNames) ? AlarmNames.map((it) => `alarm:${it}`) : ['*']).map((resource) => ({
    action: `cloudwatch:${name}`,
    resource,
    context: {},
  }));

/** Results are permitted as the log is that the query was about. */
const logDecision = (name: string, { logGroupName }: Body): Decision => ({
  action: `logs:${name}`,
  resource: `log-group:${logGroupName ?? 'of-a-query'}`,
  context: {},
});

const busDecisions = ({ Entries }: Body): Decision[] => {
  const buses = (Entries as { EventBusName: string }[]).map(({ EventBusName }) => EventBusName);
  return [...new Set(buses)].map((bus) => ({
    action: 'events:PutEvents',
    resource: `event-bus:${bus}`,
    context: {},
  }));
};

const fileDecision = ({ method, path }: WireRequest): Decision => ({
  action: method === 'PUT' ? 's3:PutObject' : 's3:GetObject',
  resource: `file:${path}`,
  context: {},
});

/**
 * A message that is sent as it is needs both rights, for its sender's identity and for its configuration set.
 * Whether that identity is the address or its domain is up to the account, so either has to do.
 *
 * @see Amazon SES Developer Guide, "Controlling access to Amazon SES"
 */
function mailDecisions(request: WireRequest): Decision[] {
  if (request.path !== '/v2/email/outbound-emails')
    return [{ action: 'ses:', resource: request.path, context: {} }];
  const { FromEmailAddress, ConfigurationSetName } = bodyOf(request);
  const sender = String(FromEmailAddress);
  const resources = [
    `identity/${sender}`,
    `identity/${sender.split('@').at(-1)}`,
    ...(ConfigurationSetName ? [`configuration-set/${ConfigurationSetName}`] : []),
  ];
  return resources.flatMap((resource) =>
    ['ses:SendEmail', 'ses:SendRawEmail'].map((action) => ({
      action,
      resource,
      context: { 'ses:FromAddress': [sender] },
    })),
  );
}

/** Both control planes have one name space of resources, and the method is the action. */
const gatewayDecision = ({ method, path }: WireRequest): Decision => ({
  action: `apigateway:${method}`,
  resource: decodeURIComponent(path.replace(/^\/v2\//, '/')),
  context: {},
});
