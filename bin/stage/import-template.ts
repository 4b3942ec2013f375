/**
 * The template of an import: what the stack has already, untouched, and what is imported, as it is.
 * CloudFormation takes no other: each imported resource with a DeletionPolicy, no new output.
 *
 * @module
 * @see CloudFormation User Guide, "Import AWS resources into a CloudFormation stack"
 */
import type { ResourceToImport } from '@aws-sdk/client-cloudformation';
import { Failure } from '../commands/failure.ts';
import type { RetainedId } from './names.ts';
import type { Retained } from './retained.ts';

export type Template = {
  Description?: string;
  Resources?: Record<string, object>;
  [section: string]: unknown;
};
type Properties = Readonly<Record<string, unknown>>;

/** CloudFormation's, of a template that is not in a bucket. */
const MAX_BYTES = 51_200;

/** @param properties - Of each resource that is imported, as it is. */
export function importTemplate(
  current: Template,
  retained: Retained,
  properties: Readonly<Partial<Record<RetainedId, Properties>>>,
): { body: string; resources: ResourceToImport[] } {
  const { DirectoryTable, SessionsTable, EventsTable, SigningKeys, DataKey, ExportKey } =
    properties;
  // As the stack's own template names it, so that the next deployment finds nothing to change.
  const byPlace = (arn: unknown) =>
    DataKey && arn === retained.key?.arn ? { 'Fn::GetAtt': ['DataKey', 'Arn'] } : arn;
  const imported = {
    ...(DirectoryTable && { DirectoryTable: table(DirectoryTable, byPlace) }),
    ...(SessionsTable && { SessionsTable: table(SessionsTable, byPlace) }),
    ...(EventsTable && { EventsTable: table(EventsTable, byPlace) }),
    ...(SigningKeys && { SigningKeys: secret(SigningKeys, byPlace) }),
    ...(DataKey && { DataKey: kept('AWS::KMS::Key', DataKey) }),
    ...(ExportKey && { ExportKey: kept('AWS::KMS::Key', ExportKey) }),
  };
  const body = JSON.stringify({ ...current, Resources: { ...current.Resources, ...imported } });
  if (Buffer.byteLength(body) > MAX_BYTES)
    throw new Failure('the stack has more in it than one whose first deployment failed');
  const ids = Object.keys(imported) as RetainedId[];
  return { body, resources: ids.map((id) => identified(id, retained)) };
}

type Naming = (arn: unknown) => unknown;

function table(properties: Properties, named: Naming): object {
  const encryption = properties['SSESpecification'] as Properties | undefined;
  const SSESpecification = encryption && {
    ...encryption,
    KMSMasterKeyId: named(encryption['KMSMasterKeyId']),
  };
  return kept('AWS::DynamoDB::Table', {
    ...properties,
    ...(SSESpecification && { SSESpecification }),
  });
}

function secret({ KmsKeyId, ...others }: Properties, named: Naming): object {
  const encryption = KmsKeyId !== undefined && { KmsKeyId: named(KmsKeyId) };
  return kept('AWS::SecretsManager::Secret', { ...others, ...encryption });
}

const kept = (Type: string, Properties: Properties) => ({
  Type,
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties,
});

/** By the primary identifier of each type's schema. */
function identified(
  id: RetainedId,
  { tables, secret, key, exportKey }: Retained,
): ResourceToImport {
  const of = (ResourceType: string, ResourceIdentifier: Record<string, string>) => ({
    LogicalResourceId: id,
    ResourceType,
    ResourceIdentifier,
  });
  if (id === 'DataKey') return of('AWS::KMS::Key', { KeyId: key?.id ?? '' });
  if (id === 'ExportKey') return of('AWS::KMS::Key', { KeyId: exportKey?.id ?? '' });
  if (id === 'SigningKeys') return of('AWS::SecretsManager::Secret', { Id: secret?.arn ?? '' });
  return of('AWS::DynamoDB::Table', { TableName: tables[id]?.name ?? '' });
}
