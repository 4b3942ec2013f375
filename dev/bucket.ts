/**
 * A local S3: files are put, got and listed over the real wire format (REST, XML), and lie in a folder, one a
 * bucket in it. A file is written once: a second time is refused where the request says so (If-None-Match).
 *
 * Not checked: signatures, checksums, IAM. Not there: versions, locks, pages of a list.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type AwsServer, startAwsServer } from './aws-server.ts';

/** @param folder - Of all buckets; made when the first file comes. */
export async function startBuckets(folder: string): Promise<AwsServer> {
  return startAwsServer((request, response) => void handle(request, response, folder));
}

class S3Error extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

async function handle(request: IncomingMessage, response: ServerResponse, folder: string) {
  try {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const root = inside(folder, bucket);
    if (request.method === 'GET' && key === '') return list(response, root, bucket, url);
    const file = inside(root, key);
    if (request.method === 'GET') return send(response, 200, read(file));
    if (request.method !== 'PUT') throw new S3Error(405, 'MethodNotAllowed');
    write(file, await buffer(request), request.headers['if-none-match'] === '*');
    send(response, 200, '');
  } catch (error) {
    const { status, code } =
      error instanceof S3Error ? error : { status: 500, code: 'InternalError' };
    send(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
  }
}

function inside(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(`${resolve(folder)}/`)) throw new S3Error(400, 'InvalidURI');
  return path;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new S3Error(404, 'NoSuchKey');
  }
}

function write(file: string, bytes: Buffer, isNew: boolean): void {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, bytes, { flag: isNew ? 'wx' : 'w' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new S3Error(412, 'PreconditionFailed');
  }
}

function list(response: ServerResponse, root: string, bucket: string, url: URL): void {
  const prefix = url.searchParams.get('prefix') ?? '';
  const keys = globSync(join(root, '**/*'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((key) => key.startsWith(prefix))
    .sort();
  const contents = keys.map((key) => `<Contents><Key>${escaped(key)}</Key></Contents>`).join('');
  send(
    response,
    200,
    `<ListBucketResult><Name>${escaped(bucket)}</Name><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`,
  );
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

function send(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'application/xml' : 'application/octet-stream',
    'x-amz-request-id': randomUUID(),
  });
  response.end(body);
}
