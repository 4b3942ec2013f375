/**
 * The browsers in which a user has signed in on our pages, the ones of late.
 *
 * Item:  { pk: "devices#" + user id, sk: "devices", devices: [{ hash, generation, at }], version, expiresAt } in
 *        the sessions table; `hash` is of the secret in the browser's cookie, `generation` the user's when they
 *        signed in there. Not in the user's own partition: who may write it is to write no session.
 * Units: epoch seconds; expiresAt is the table's TTL attribute.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, type Key, type Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { after, type Instant, seconds } from '../../time.ts';

const DeviceItem = v.object({ hash: v.string(), generation: v.number(), at: InstantItem });
const DevicesItem = v.object({ devices: v.array(DeviceItem), version: v.number() });
export type Device = v.InferOutput<typeof DeviceItem>;
/** The one that was used last is the first. */
export type Devices = { devices: readonly Device[]; version: number };

/** Of one user. The one that was not used for longest is forgotten. */
const MOST_DEVICES = 10;
/** As long as a browser keeps the cookie. */
export const DEVICE_LIFETIME = seconds(180 * 86_400);

const devicesKey = (userId: string): Key => ({ pk: `devices#${userId}`, sk: 'devices' });

/** Those that have been too long without a sign-in are not among them. */
export async function readDevices(sessions: Table, userId: string, now: Instant): Promise<Devices> {
  const item = await get(sessions, devicesKey(userId));
  if (!item) return { devices: [], version: 0 };
  const { devices, version } = parseItem(DevicesItem, item);
  return { devices: devices.filter(({ at }) => now - at < DEVICE_LIFETIME), version };
}

/** On the condition that nobody else has written since they were read. */
export const deviceWrite = (
  sessions: Table,
  userId: string,
  { devices, version }: Devices,
  device: Device,
): Write => ({
  table: sessions,
  put: {
    ...devicesKey(userId),
    devices: [device, ...devices.filter(({ hash }) => hash !== device.hash)].slice(0, MOST_DEVICES),
    version: version + 1,
    expiresAt: after(device.at, DEVICE_LIFETIME),
  },
  when:
    version === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': version } },
});
