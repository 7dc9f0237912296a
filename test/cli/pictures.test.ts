import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { run } from '../../clients/cli/run.ts';
import { jpeg } from '../records/attachments/pictures.ts';

const picture = jpeg();
const good = 'A'.repeat(22);
const gone = 'B'.repeat(21) + 'A';
const damaged = 'C'.repeat(21) + 'A';
const lookup = {
  lookupId: '01JDC3N6R8T0V2X4Z6B8D0F2HJ',
  resourceId: 'residents',
  datasetVersion: 1,
  at: '2026-12-01T02:10:00.000Z',
  results: [
    { found: true, record: { id_no: '1', photo: good } },
    { found: true, record: { id_no: '2', photo: gone } },
    { found: true, record: { id_no: '3', photo: null } },
    { found: false },
  ],
};
const field = (name: string, more = {}) => ({ name, type: 'string', sensitivity: 'personal', ...more });
const resource = {
  resourceId: 'residents',
  definition: { schema: { fields: [field('id_no'), field('photo', { reference: 'attachment' })] } },
};

let server: Server;
let folder: string;
const before = { ...process.env };
const port = () => (server.address() as AddressInfo).port;

/** What the hub answers at a path, and its store at `/picture`. */
function answerTo(path: string): readonly [status: number, body: object | Buffer] {
  if (path === '/picture') return [200, picture];
  if (path === '/v1/lookups') return [200, lookup];
  if (path === '/v1/resources/residents') return [200, resource];
  const reference = /\/attachments\/([\w-]+)$/.exec(path)?.[1];
  if (reference === undefined || reference === gone)
    return [404, { type: 'x', title: 'Not found', status: 404, code: 'not-found', detail: 'None.' }];
  const sha256 = createHash('sha256')
    .update(reference === damaged ? 'other' : picture)
    .digest('base64');
  const url = `http://127.0.0.1:${port()}/picture`;
  return [200, { url, expiresAt: lookup.at, type: 'jpeg', sha256, bytes: picture.length }];
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, body] = answerTo(request.url ?? '');
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type }).end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, keys, { HUB_API: `http://127.0.0.1:${port()}` });
});
afterAll(() => {
  process.env = before;
  server.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-pictures-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What `hub` wrote, and its exit code. */
async function hub(...words: string[]): Promise<readonly [string, unknown]> {
  let written = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => ((written += String(text)), true)),
  );
  await run(words).finally(() => spies.forEach((spy) => spy.mockRestore()));
  const code = process.exitCode;
  process.exitCode = undefined;
  return [written, code];
}

test('hub lookup saves the pictures that the records refer to, and leaves out what there is not', async () => {
  const asked = ['--agreement', lookup.lookupId, '--key', 'id_no=1', '--case', 'x', '--reason', 'y'];
  const [written] = await hub('lookup', ...asked, '-o', join(folder, 'new'));
  expect(await readdir(join(folder, 'new'))).toEqual([`${good}.jpeg`]);
  expect(await readFile(join(folder, 'new', `${good}.jpeg`))).toEqual(picture);
  expect(written).toContain(join(folder, 'new', `${good}.jpeg`));
});

test('hub fetch saves a picture by its reference', async () => {
  const [written] = await hub('fetch', lookup.lookupId, '--attachment', good, '--to', folder);
  expect(written.trim()).toBe(join(folder, `${good}.jpeg`));
  expect(await readdir(folder)).toEqual([`${good}.jpeg`]);
});

test.each([
  ['is not there', gone, 'not-found'],
  ['arrives damaged', damaged, 'SHA-256'],
])('hub fetch keeps nothing of a picture that %s', async (_, reference, said) => {
  const [written, code] = await hub('fetch', lookup.lookupId, '--attachment', reference, '--to', folder);
  expect(written).toContain(said);
  expect(code).not.toBe(0);
  expect(await readdir(folder)).toEqual([]);
});
