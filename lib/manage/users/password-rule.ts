/**
 * What a password must be where one is set, never where one is checked: old ones go on working. Long
 * enough, not among those that are guessed first or have leaked, and of any characters: nothing of it has
 * to be a digit.
 *
 *   full   15 to 256 characters, since it is the only factor; every domain, unless said otherwise
 *   seed   5 to 256 characters; for the documented passwords of a local stack
 *
 * A character is a Unicode code point, once the password is in its normal form.
 *
 * Errors: `invalid_request` naming the field.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.1.1.2; OWASP ASVS 5.0 §6.2
 */

import type { Table } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { readBrands } from '../../store/directory/brands.ts';
import { readClient } from '../../store/directory/clients.ts';
import { domainSubject, readDomain } from '../../store/directory/domains.ts';
import { isCommonPassword } from './common-passwords.ts';
import { isLeakedPassword } from './leaked-passwords.ts';

const LEAST = 15;
const LEAST_OF_A_SEED = 5;
const MOST = 256;
/** As it comes: as many as so many characters can have. */
const MOST_BYTES = 4 * MOST;

type Owner = {
  username: string;
  email?: string | undefined;
  domain: string;
  /** The id of the one on whose way somebody chooses it. */
  client?: string | undefined;
};

export async function requireGoodPassword(
  directory: Table,
  password: string,
  owner: Owner,
  field: 'password' | 'newPassword' = 'password',
): Promise<void> {
  const length = lengthOf(password);
  const domain = await readDomain(directory, owner.domain);
  if (domain?.passwords === 'seed') {
    if (length < LEAST_OF_A_SEED || length > MOST) throw refuseLengthOfSeed(field);
    return;
  }
  if (length < LEAST || length > MOST) throw refuseLength(field);
  if (isCommonPassword(password, await namesAround(directory, owner))) throw refuseCommon(field);
  if (isLeakedPassword(password)) throw refuseLeaked(field);
}

/** What whoever guesses would try first: whose account it is, and what the pages call themselves. */
async function namesAround(
  directory: Table,
  { username, email = '', domain, client }: Owner,
): Promise<string[]> {
  const owners = [domainSubject(domain), ...(client === undefined ? [] : [client])];
  const [brands, by] = await Promise.all([
    readBrands(directory, owners),
    client === undefined ? undefined : readClient(directory, client),
  ]);
  const shown = [...brands.map((brand) => brand?.name), by?.username];
  return [username, email, domain, ...shown.filter((name) => name !== undefined)];
}

/** What has too many bytes is not put into its normal form at all. */
const lengthOf = (password: string): number =>
  Buffer.byteLength(password) > MOST_BYTES
    ? Number.POSITIVE_INFINITY
    : [...password.normalize('NFC')].length;

type Field = 'password' | 'newPassword';

const refuseLength = (field: Field) =>
  refuseField(field, 'password-length', 'must have 15 to 256 characters');
const refuseLengthOfSeed = (field: Field) =>
  refuseField(field, 'password-length-of-seed', 'must have 5 to 256 characters');
const refuseCommon = (field: Field) =>
  refuseField(
    field,
    'password-common',
    'is one of those that are guessed first; take a few words that do not belong together',
  );
const refuseLeaked = (field: Field) =>
  refuseField(
    field,
    'password-leaked',
    'has leaked somewhere, so it is among those that are guessed; take one that is used nowhere else',
  );
