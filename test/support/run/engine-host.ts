/**
 * A process that owns an embedded DynamoDB, so that a test can end both by `kill -9`: the engine ends
 * with its parent, by the same signal. Takes a data folder; says where the engine listens.
 */
import { startDynamoDb } from '../../../dev/dynamodb.ts';

const [, , dataDir] = process.argv;
const { endpoint } = await startDynamoDb({ dataDir });
process.stdout.write(`${endpoint}\n`);
// Until it is ended.
setInterval(() => {}, 60_000);
