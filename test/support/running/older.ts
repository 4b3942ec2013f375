/** Sign-ins that were longer ago than they were: where the clock is that of the machine. */
import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../../../dev/credentials.ts';
import { REGION } from '../../../dev/names.ts';
import type { RunningStack } from '../../../dev/stack.ts';

/** Every session that is open, of all of them. @param age - Seconds by which each becomes older. */
export async function makeOlder(
  { endpoints, tables: { sessions: name } }: Pick<RunningStack, 'endpoints' | 'tables'>,
  age: number,
): Promise<void> {
  const place = { endpoint: endpoints.dynamodb, region: REGION, credentials: LOCAL_CREDENTIALS };
  const client = new DynamoDBClient(place);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  for (const { pk, sk, ...item } of Items) {
    if (!pk || !sk?.S?.startsWith('session#')) continue;
    const times = ['issuedAt', 'authTime'].filter((time) => item[time]);
    const older = times.map((time) => [`:${time}`, { N: String(Number(item[time]?.N) - age) }]);
    await client.send(
      new UpdateItemCommand({
        TableName: name,
        Key: { pk, sk },
        UpdateExpression: `SET ${times.map((time) => `${time} = :${time}`).join(', ')}`,
        ExpressionAttributeValues: Object.fromEntries(older),
      }),
    );
  }
}
