/**
 * What `Ref` and `Fn::GetAtt` give for each resource type we know, under the local naming scheme.
 * `undefined` means "not known": the caller turns it into an error that names the place.
 *
 * @module
 */
import { ACCOUNT, arn, REGION, secretArn, shortId } from './names.ts';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
}
export type Resources = Record<string, Resource>;

export interface Naming {
  stack: string;
  resources: Resources;
  /** A resolved property of a resource. */
  property(logicalId: string, name: string): unknown;
}

/** The property that holds the physical name, per type; without it a name is made up. */
const NAME_PROPERTY: Record<string, string> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::AppSync::DataSource': 'Name',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** Types whose `Ref` is an id that API Gateway, KMS and the like give. */
const HAS_ID = /^AWS::(ApiGateway(V2)?::(?!Stage)\w+|AppSync::GraphQLApi|KMS::Key)$/;

export function reference(id: string, naming: Naming): string | undefined {
  const type = naming.resources[id]?.Type ?? '';
  if (type === 'AWS::SecretsManager::Secret') return secretArn(physicalName(id, naming));
  if (type === 'AWS::SNS::Topic') return arn('sns', physicalName(id, naming));
  if (type === 'AWS::SQS::Queue') return queueUrl(physicalName(id, naming));
  if (type === 'AWS::Lambda::Version') return qualified('1', id, naming);
  if (type === 'AWS::Lambda::Alias') return qualified(naming.property(id, 'Name'), id, naming);
  if (/^AWS::ApiGateway(V2)?::Stage$/.test(type)) return String(naming.property(id, 'StageName'));
  if (HAS_ID.test(type)) return shortId(naming.stack, id);
  return type in NAME_PROPERTY ? physicalName(id, naming) : undefined;
}

export function attribute(id: string, name: string, naming: Naming): string | undefined {
  const type = naming.resources[id]?.Type ?? '';
  const make = ATTRIBUTES[`${type}.${name}`];
  return make?.(HAS_ID.test(type) ? shortId(naming.stack, id) : physicalName(id, naming));
}

const qualified = (qualifier: unknown, id: string, naming: Naming): string =>
  arn('lambda', `function:${naming.property(id, 'FunctionName')}:${qualifier}`);

const queueUrl = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;

const ATTRIBUTES: Record<string, (name: string) => string> = {
  'AWS::DynamoDB::Table.Arn': (name) => arn('dynamodb', `table/${name}`),
  'AWS::DynamoDB::Table.StreamArn': (name) => arn('dynamodb', `table/${name}/stream/local`),
  'AWS::Events::EventBus.Arn': (name) => arn('events', `event-bus/${name}`),
  'AWS::Events::Rule.Arn': (name) => arn('events', `rule/${name}`),
  'AWS::IAM::Role.Arn': (name) => arn('iam', `role/${name}`).replace(`:${REGION}:`, '::'),
  'AWS::KMS::Key.Arn': (name) => arn('kms', `key/${name}`),
  'AWS::KMS::Key.KeyId': (name) => name,
  'AWS::Lambda::Function.Arn': (name) => arn('lambda', `function:${name}`),
  'AWS::Logs::LogGroup.Arn': (name) => arn('logs', `log-group:${name}:*`),
  'AWS::S3::Bucket.Arn': (name) => `arn:aws:s3:::${name}`,
  'AWS::SQS::Queue.Arn': (name) => arn('sqs', name),
  'AWS::SQS::Queue.QueueName': (name) => name,
  'AWS::SecretsManager::Secret.Id': secretArn,
  'AWS::ApiGateway::RestApi.RootResourceId': (name) => shortId(name, 'root'),
  'AWS::ApiGateway::RestApi.RestApiId': (name) => name,
  'AWS::ApiGatewayV2::Api.ApiId': (name) => name,
  'AWS::ApiGatewayV2::Authorizer.AuthorizerId': (name) => name,
  'AWS::AppSync::GraphQLApi.ApiId': (name) => name,
  'AWS::AppSync::DataSource.Name': (name) => name,
  'AWS::AppSync::GraphQLApi.Arn': (name) => arn('appsync', `apis/${name}`),
  'AWS::AppSync::GraphQLApi.GraphQLUrl': (name) =>
    `https://${name}.appsync-api.${REGION}.amazonaws.com/graphql`,
  'AWS::ApiGatewayV2::Api.ApiEndpoint': (name) =>
    `https://${name}.execute-api.${REGION}.amazonaws.com`,
};

function physicalName(id: string, naming: Naming): string {
  const property = NAME_PROPERTY[naming.resources[id]?.Type ?? ''];
  const given = property ? naming.property(id, property) : undefined;
  return given === undefined ? `${naming.stack}-${id}` : String(given);
}
