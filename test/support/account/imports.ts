/**
 * What CloudFormation checks of an import, in the order of its own checks.
 *
 * @see CloudFormation User Guide, "Import AWS resources into a CloudFormation stack"
 */
import { type Account, AwsError } from './account.ts';
import type { Stack, Template } from './cloudformation.ts';

export type Import = { type: string; logicalId: string; identifier: Record<string, string> };
type Query = Readonly<Record<string, string>>;

/** Of each type's schema: its primary identifier. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::SecretsManager::Secret': 'Id',
  'AWS::KMS::Key': 'KeyId',
};

export const invalid = (message: string): AwsError => new AwsError('ValidationError', message);

export function importsOf(query: Query): Import[] {
  const imports: Import[] = [];
  for (let n = 1; ; n++) {
    const at = `ResourcesToImport.member.${n}`;
    const [type, logicalId] = [query[`${at}.ResourceType`], query[`${at}.LogicalResourceId`]];
    if (type === undefined || logicalId === undefined) return imports;
    const entry = `${at}.ResourceIdentifier.entry.1`;
    const identifier = { [query[`${entry}.key`] ?? '']: query[`${entry}.value`] ?? '' };
    imports.push({ type, logicalId, identifier });
  }
}

export function validate(stack: Stack, template: Template, imports: readonly Import[]): void {
  const declared = template.Resources ?? {};
  const ids = imports.map(({ logicalId }) => logicalId);
  for (const { logicalId, type, identifier } of imports) {
    if (declared[logicalId]?.Type !== type)
      throw invalid(
        `Resource type of [${logicalId}] does not match with resource type defined in the template`,
      );
    if (Object.keys(identifier).join() !== IDENTIFIERS[type])
      throw invalid(
        `Invalid resource identifier for resource type ${type}. Expected [${IDENTIFIERS[type]}]`,
      );
    if (stack.resources[logicalId])
      throw invalid(`Resources [${logicalId}] passed in ResourceToImport are already in a stack`);
  }
  const before = stack.template.Resources ?? {};
  const added = Object.keys(declared).filter((id) => !before[id] && !ids.includes(id));
  if (added.length > 0) throw invalid(`Resources [${added}] is missing from ResourceToImport list`);
  const same = Object.keys(before).every((id) => isSame(before[id], declared[id]));
  if (!same || !isSame(stack.template.Outputs ?? {}, template.Outputs ?? {}))
    throw invalid(
      'You have modified resources or outputs in your template that are not being imported.',
    );
  const loose = ids.filter((id) => declared[id]?.DeletionPolicy === undefined);
  if (loose.length > 0)
    throw invalid(
      `The following resources to import [${loose}] must have DeletionPolicy attribute specified in the template.`,
    );
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What a change set fails with: what is to be imported is not there, or another stack has it. */
export function problemOf(account: Account, { type, identifier }: Import): string | undefined {
  const value = Object.values(identifier)[0] ?? '';
  const owner = account.stacks.find(
    (it) =>
      it.states[0] !== 'DELETE_COMPLETE' &&
      Object.values(it.resources).some(({ physicalId }) => physicalId === value),
  );
  if (owner) return `${value} already exists in stack ${owner.id}`;
  const there = {
    'AWS::DynamoDB::Table': () => account.tables.has(value),
    'AWS::SecretsManager::Secret': () =>
      account.secrets.some(({ ARN, DeletedDate }) => ARN === value && !DeletedDate),
    'AWS::KMS::Key': () =>
      account.keys.some(({ KeyId, KeyState }) => KeyId === value && KeyState === 'Enabled'),
  }[type];
  return there?.()
    ? undefined
    : `Resource of type '${type}' with identifier '${value}' was not found.`;
}
