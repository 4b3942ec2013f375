/**
 * The actions on secrets and their values: create, describe, read, write, move labels.
 *
 * Not kept: binary values, tags, replicas, resource policies, deletion.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
 *
 * @module
 */
import * as v from 'valibot';
import { secretArn } from '../names.ts';
import { invalid, notFound, SecretsError } from './errors.ts';
import { attach, CURRENT, detach, dropOld, versionWith } from './stages.ts';
import type { Secret, SecretStore } from './store.ts';

export const Token = v.pipe(v.string(), v.minLength(32), v.maxLength(64));
export const SecretId = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));
const MAX_BYTES = 65_536;
const Value = v.pipe(v.string(), v.minLength(1), v.maxBytes(MAX_BYTES));
const Stage = v.pipe(v.string(), v.minLength(1), v.maxLength(256));
const ignored = v.optional(v.unknown());

export type Action = (input: unknown, store: SecretStore, now: number) => object;

/** Unknown members are refused: what is ignored here would work differently on AWS. */
export function readInput<const Entries extends v.ObjectEntries>(entries: Entries, input: unknown) {
  const result = v.safeParse(v.strictObject(entries), input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw invalid(`${v.getDotPath(issue)}: ${issue.message}`);
}

export function findSecret(store: SecretStore, id: string): Secret {
  const secret = store.find(id);
  if (!secret) throw notFound();
  return secret;
}

export const createSecret: Action = (input, store, now) => {
  const request = readInput(
    {
      Name: v.pipe(v.string(), v.regex(/^[\w/+=.@-]{1,512}$/)),
      ClientRequestToken: Token,
      Description: v.optional(v.string()),
      KmsKeyId: ignored,
      Tags: ignored,
      SecretString: v.optional(Value),
    },
    input,
  );
  const { Name: name, ClientRequestToken: token, SecretString: value } = request;
  const known = store.find(name);
  if (known) {
    if (known.versions[token] && known.versions[token].value === value) return named(known, token);
    throw new SecretsError(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    );
  }
  const secret: Secret = {
    arn: secretArn(name),
    name,
    description: request.Description,
    created: now,
    changed: now,
    rotated: undefined,
    rotation: undefined,
    versions: value === undefined ? {} : { [token]: { value, stages: [CURRENT], created: now } },
  };
  store.add(secret);
  return named(secret, value === undefined ? undefined : token);
};

const named = ({ arn, name }: Secret, VersionId: string | undefined) => ({
  ARN: arn,
  Name: name,
  ...(VersionId && { VersionId }),
});

export const describeSecret: Action = (input, store) => {
  const secret = findSecret(store, readInput({ SecretId }, input).SecretId);
  const labelled = Object.entries(secret.versions).filter(([, { stages }]) => stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description && { Description: secret.description }),
    ...(secret.rotation && {
      RotationEnabled: true,
      RotationLambdaARN: secret.rotation.lambdaArn,
      RotationRules: secret.rotation.rules,
    }),
    ...(secret.rotated && { LastRotatedDate: secret.rotated }),
    LastChangedDate: secret.changed,
    CreatedDate: secret.created,
    VersionIdsToStages: Object.fromEntries(labelled.map(([id, { stages }]) => [id, stages])),
  };
};

export const getSecretValue: Action = (input, store) => {
  const request = readInput(
    { SecretId, VersionId: v.optional(Token), VersionStage: v.optional(Stage) },
    input,
  );
  const secret = findSecret(store, request.SecretId);
  const stage = request.VersionStage ?? CURRENT;
  const id = request.VersionId ?? versionWith(secret, stage);
  const version = id === undefined ? undefined : secret.versions[id];
  const asked = request.VersionId
    ? `secret value for VersionId: ${request.VersionId}`
    : `secret value for staging label: ${stage}`;
  if (!id || version?.value === undefined) throw notFound(asked);
  if (request.VersionStage && !version.stages.includes(stage)) {
    throw new SecretsError(
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    );
  }
  return {
    ...named(secret, id),
    SecretString: version.value,
    VersionStages: version.stages,
    CreatedDate: version.created,
  };
};

export const putSecretValue: Action = (input, store, now) => {
  const request = readInput(
    {
      SecretId,
      ClientRequestToken: Token,
      SecretString: Value,
      VersionStages: v.optional(v.pipe(v.array(Stage), v.minLength(1), v.maxLength(20)), [CURRENT]),
    },
    input,
  );
  const { ClientRequestToken: id, SecretString: value, VersionStages: stages } = request;
  const secret = findSecret(store, request.SecretId);
  const known = secret.versions[id];
  if (known?.value !== undefined && known.value !== value) {
    throw new SecretsError(
      'ResourceExistsException',
      `You can't update an existing version: ${id} already has another value.`,
    );
  }
  // The same request again is a success that changes nothing.
  if (known?.value === undefined) {
    secret.versions[id] = { value, stages: known?.stages ?? [], created: now };
    for (const stage of stages) attach(secret, id, stage);
    secret.changed = now;
    dropOld(secret);
    store.save();
  }
  return { ...named(secret, id), VersionStages: secret.versions[id]?.stages };
};

export const updateSecretVersionStage: Action = (input, store, now) => {
  const request = readInput(
    {
      SecretId,
      VersionStage: Stage,
      MoveToVersionId: v.optional(Token),
      RemoveFromVersionId: v.optional(Token),
    },
    input,
  );
  const { VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from } = request;
  const secret = findSecret(store, request.SecretId);
  const holder = versionWith(secret, stage);
  for (const id of [to, from]) {
    if (id && !secret.versions[id]) throw notFound(`secret version: ${id}`);
  }
  if (from && holder !== from) throw invalid(`${stage} is not attached to version ${from}.`);
  if (to && holder && holder !== to && !from) {
    throw invalid(`${stage} is on version ${holder}: name it in RemoveFromVersionId to move it.`);
  }
  if (!to && stage === CURRENT) throw invalid(`${CURRENT} can be moved, not removed.`);
  if (to) attach(secret, to, stage);
  else if (from) detach(secret, from, stage);
  secret.changed = now;
  dropOld(secret);
  store.save();
  return named(secret, undefined);
};
