/**
 * The names that a stage's resources get, held against what AWS takes: a name that is too long fails
 * in the middle of a deployment, and with the first deployment so does the stage.
 *
 * NOT checked: names that CloudFormation makes, which are as short as they have to be.
 *
 * @module
 */

export type Named = {
  /** CloudFormation's. */
  stackName: string;
  Resources: Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;
  Outputs: Readonly<Record<string, { Export?: { Name: unknown } }>>;
};

/** By type and property: what a name looks like, from the API reference of each service. */
const LIMITS: Readonly<Record<string, RegExp>> = {
  'AWS::ApiGatewayV2::Api Name': /^.{1,128}$/,
  'AWS::CloudFormation::Stack StackName': /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  'AWS::CloudFormation::Export Name': /^[A-Za-z0-9:-]{1,255}$/,
  'AWS::CloudWatch::Alarm AlarmName': /^.{1,255}$/,
  'AWS::CloudWatch::Alarm Namespace': /^[^:].{0,254}$/,
  'AWS::DynamoDB::Table TableName': /^[\w.-]{3,255}$/,
  'AWS::IAM::Role RoleName': /^[\w+=,.@-]{1,64}$/,
  'AWS::KMS::Alias AliasName': /^alias\/[\w/-]{1,250}$/,
  'AWS::Lambda::Function FunctionName': /^[\w-]{1,64}$/,
  'AWS::Logs::LogGroup LogGroupName': /^[\w/.#-]{1,512}$/,
  'AWS::S3::Bucket BucketName': /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'AWS::SNS::Topic TopicName': /^[\w-]{1,256}$/,
  'AWS::Events::EventBus Name': /^[\w./-]{1,256}$/,
  // The ending of a FIFO queue counts, too.
  'AWS::SQS::Queue QueueName': /^(?=.{1,80}$)[\w-]+(\.fifo)?$/,
  'AWS::SecretsManager::Secret Name': /^[\w/+=.@-]{1,512}$/,
};

/** @returns A line for each name that AWS would refuse. */
export function nameProblems({ stackName, Resources, Outputs }: Named): string[] {
  const ofResources = Object.values(Resources).flatMap(({ Type, Properties = {} }) =>
    Object.entries(Properties).map(([property, name]) => [`${Type} ${property}`, name] as const),
  );
  const exported = Object.values(Outputs).map(
    ({ Export }) => ['AWS::CloudFormation::Export Name', Export?.Name] as const,
  );
  const stack = ['AWS::CloudFormation::Stack StackName', stackName] as const;
  return [stack, ...ofResources, ...exported].flatMap(([kind, name]) => {
    const limit = LIMITS[kind];
    if (!limit || typeof name !== 'string' || limit.test(name)) return [];
    const problem = 'is too long, or has a character too many, for the name of an';
    return [`${name} (${name.length} characters) ${problem} ${kind.split(' ')[0]}`];
  });
}
