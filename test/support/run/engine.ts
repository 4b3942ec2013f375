/** One embedded DynamoDB, in memory, for the whole run; each test file makes tables of its own. */
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '../../../dev/dynamodb.ts';
import { DOCUMENT, type Document } from '../../../lib/compose/document.ts';
import { type Beginning, makeBeginning } from './beginning.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodb: string;
    beginning: Beginning;
    document: Document;
  }
}

export async function setup(project: TestProject) {
  const engine = await startDynamoDb();
  project.provide('dynamodb', engine.endpoint);
  project.provide('document', DOCUMENT);
  project.provide('beginning', await makeBeginning(engine.endpoint));
  return engine.stop;
}
