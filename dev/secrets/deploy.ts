/**
 * Creates the secrets of a stack, and rotates for the first time those that have a schedule, as
 * CloudFormation does when it deploys.
 *
 * A rotation that an earlier start left unfinished is brought to its end.
 *
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  InvalidRequestException,
  ResourceExistsException,
  RotateSecretCommand,
  type RotationRulesType,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { LOCAL_CREDENTIALS } from '../credentials.ts';
import { REGION } from '../names.ts';
import type { SecretsManager } from '../secrets-manager.ts';
import type { Stack } from '../template.ts';

const Generate = v.strictObject({
  SecretStringTemplate: v.optional(v.string()),
  GenerateStringKey: v.optional(v.string()),
  PasswordLength: v.optional(v.number(), 32),
  ExcludePunctuation: v.optional(v.boolean(), false),
});

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PUNCTUATION = '!#$%&*+,-./:;<=>?@^_~';

export async function createSecrets(secrets: SecretsManager, stack: Stack): Promise<void> {
  const client = new SecretsManagerClient({
    endpoint: secrets.endpoint,
    region: REGION,
    credentials: LOCAL_CREDENTIALS,
  });
  try {
    for (const id of stack.ofType('AWS::SecretsManager::Secret')) await create(client, stack, id);
    for (const id of stack.ofType('AWS::SecretsManager::RotationSchedule')) {
      await rotate(client, stack, id, secrets);
    }
  } finally {
    client.destroy();
  }
}

async function create(client: SecretsManagerClient, stack: Stack, id: string): Promise<void> {
  const { Name, Description, SecretString, GenerateSecretString } = stack.properties(id);
  const value = GenerateSecretString ? generate(GenerateSecretString) : SecretString;
  try {
    await client.send(
      new CreateSecretCommand({
        Name: String(Name ?? `${stack.name}-${id}`),
        ...(Description !== undefined && { Description: String(Description) }),
        ...(value !== undefined && { SecretString: String(value) }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
}

function generate(properties: unknown): string {
  const options = v.parse(Generate, properties);
  const alphabet = LETTERS + (options.ExcludePunctuation ? '' : PUNCTUATION);
  const pick = () => alphabet[randomInt(alphabet.length)];
  const password = Array.from({ length: options.PasswordLength }, pick).join('');
  if (!options.GenerateStringKey) return password;
  const template = JSON.parse(options.SecretStringTemplate ?? '{}') as object;
  return JSON.stringify({ ...template, [options.GenerateStringKey]: password });
}

async function rotate(
  client: SecretsManagerClient,
  stack: Stack,
  id: string,
  secrets: SecretsManager,
): Promise<void> {
  const { SecretId, RotationLambdaARN, RotationRules, RotateImmediatelyOnUpdate } =
    stack.properties(id);
  const secretId = String(SecretId);
  const state = () => client.send(new DescribeSecretCommand({ SecretId: secretId }));
  const before = await state();
  if (before.LastRotatedDate && !isUnfinished(before)) return;
  try {
    await client.send(
      new RotateSecretCommand({
        SecretId: secretId,
        ClientRequestToken: randomBytes(16).toString('hex'),
        RotationLambdaARN: String(RotationLambdaARN),
        RotationRules: RotationRules as RotationRulesType,
        RotateImmediately: RotateImmediatelyOnUpdate !== false,
      }),
    );
  } catch (error) {
    // "A previous rotation isn't complete": it goes on under its own token.
    if (!(error instanceof InvalidRequestException && isUnfinished(before))) throw error;
  }
  await secrets.idle();
  if (isUnfinished(await state())) {
    throw new Error(`${stack.name}: ${id}: the first rotation of ${secretId} failed`);
  }
}

function isUnfinished({ VersionIdsToStages = {} }: DescribeSecretCommandOutput): boolean {
  const holder = (stage: string) =>
    Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes(stage));
  return holder('AWSPENDING') !== undefined && holder('AWSPENDING') !== holder('AWSCURRENT');
}
