/** Test files of a deployment are the chapters of one story; all others run as vitest likes. */
import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const STORY = [
  'first-deployment',
  'events',
  'examples',
  'other-parameters',
  'mail',
  'browser',
  'account',
  'flush',
  'rotation',
  'bad-input',
  'foreign-events',
  'update',
  'deployer',
  'roles',
];

const chapterOf = ({ moduleId }: TestSpecification): number =>
  STORY.indexOf(basename(moduleId, '.test.ts'));

export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => chapterOf(one) - chapterOf(other));
  }
}
