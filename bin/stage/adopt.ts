/**
 * Brings what outlived a stage's stack back into a stack of that name, so that the stage can be
 * deployed again: after `serverless remove`, or a first deployment that failed half way.
 *
 * Errors: Failure; what was wrong with a table or a key is said before anything is changed, and
 *         whatever happens later, the same call goes on from there.
 *
 * @module
 */
import { Failure } from '../commands/failure.ts';
import type { Stage } from './connect.ts';
import { importResources } from './import.ts';
import { importTemplate, type Template } from './import-template.ts';
import { type RetainedId, TABLES } from './names.ts';
import { findRetained, idsOf, type Retained, requireKeys } from './retained.ts';
import { findExportKey, propertiesOfExportKey } from './retained-export-key.ts';
import { propertiesOfKey, reviveKey } from './retained-key.ts';
import { reviveSecret } from './retained-secret.ts';
import { propertiesOfTable, requireShape } from './retained-table.ts';
import {
  continueRollback,
  deleteStack,
  findStack,
  isDead,
  resourcesOf,
  type Stack,
  templateOf,
} from './stack.ts';

/** `none`: the stack has all of it, or there is nothing. */
export type Adopted = { status: 'adopted' | 'none'; ids: RetainedId[] };

export async function adopt(stage: Stage): Promise<Adopted> {
  const stack = await findStack(stage);
  const retained = await findRetained(stage);
  checkAll(retained);
  const held = stack && !isDead(stack) ? await heldBy(stage, stack) : [];
  const outside = (of: Retained) => idsOf(of).filter((id) => !held.includes(id));
  if (!stack && outside(retained).length === 0) {
    const place = `in ${await stage.kms.config.region()}`;
    throw new Failure(`nothing of ${stage.names.stack} is kept ${place}: deploy makes it`);
  }
  const live = stack && (await clearTheWay(stage, stack));
  if (outside(retained).length === 0) return { status: 'none', ids: [] };
  const kept = await revive(stage, retained);
  const ids = outside(kept);
  const current: Template = live
    ? await templateOf(stage, live)
    : { AWSTemplateFormatVersion: '2010-09-09', Description: 'Latchkey, a token service' };
  const properties = await describeAll(stage, kept);
  const wanted = Object.fromEntries(ids.map((id) => [id, properties[id]]));
  const template = importTemplate(current, kept, wanted);
  await importResources(stage, { ...template, isNew: !live });
  return { status: 'adopted', ids };
}

function checkAll(retained: Retained): void {
  for (const id of TABLES) {
    const table = retained.tables[id];
    if (table) requireShape(id, table);
  }
  requireKeys(retained);
}

async function describeAll(stage: Stage, { tables, secret, key, exportKey }: Retained) {
  const { DirectoryTable: directory, SessionsTable: sessions, EventsTable: events } = tables;
  return {
    DirectoryTable: directory && (await propertiesOfTable(stage, directory)),
    SessionsTable: sessions && (await propertiesOfTable(stage, sessions)),
    EventsTable: events && (await propertiesOfTable(stage, events)),
    SigningKeys: secret?.properties,
    DataKey: key && (await propertiesOfKey(stage, key)),
    ExportKey: exportKey && (await propertiesOfExportKey(stage, exportKey)),
  };
}

async function heldBy(stage: Stage, stack: Stack): Promise<string[]> {
  const resources = await resourcesOf(stage, stack);
  return resources.flatMap(({ LogicalResourceId }) => LogicalResourceId ?? []);
}

/** @returns The stack, if one is left to import into. */
async function clearTheWay(stage: Stage, stack: Stack): Promise<Stack | undefined> {
  if (isDead(stack)) {
    await deleteStack(stage, stack);
    return undefined;
  }
  if (stack.status === 'UPDATE_ROLLBACK_FAILED') await continueRollback(stage, stack);
  return stack;
}

/**
 * What a deletion or a roll-back has begun to take away is kept after all. Only then can the table be read
 * that says which key signs the export.
 */
async function revive(stage: Stage, retained: Retained): Promise<Retained> {
  const { secret, key } = retained;
  if (key) await reviveKey(stage, key);
  if (secret?.isDeleted) await reviveSecret(stage);
  const exportKey = await findExportKey(stage);
  if (exportKey) await reviveKey(stage, exportKey);
  return { ...retained, exportKey };
}
