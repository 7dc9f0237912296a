import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { run } from '../../clients/cli/run.ts';

function nothing(response: ServerResponse): void {
  const report = { resourceId: 'firms', title: '企业', asOf: '2026-12-01T01:00:00.000Z', items: [] };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(report));
}

/** As the hub refuses it: until an hour later. */
function overQuota(response: ServerResponse): void {
  const problem = { type: 'x', title: 'Quota used up', status: 429, code: 'quota-exceeded', detail: 'No more today.' };
  const headers = { 'content-type': 'application/problem+json', 'retry-after': '3600' };
  response.writeHead(429, headers).end(JSON.stringify(problem));
}

let server: Server;
let asked: string[];
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(`${request.url} ${body}`);
      if (request.url?.includes('agreementId=FULL')) overQuota(response);
      else nothing(response);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, keys, { HUB_API: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(() => {
  process.env = before;
  server.close();
});

test.each([
  ['list --agreement A', '/v1/lookups?limit=100&agreementId=A '],
  ['--agreement A list', '/v1/lookups?limit=100&agreementId=A '],
  ['watch --agreement A --sign any', '/v1/lookups/watch?limit=100&agreementId=A&sign=any '],
  [
    '--lang en report --resource firms --key code=007',
    '/v1/lookups/reports?language=en {"resourceId":"firms","key":{"code":"007"}}',
  ],
])('hub lookup %s asks for what was typed, though lookup has options of the same names', async (line, expected) => {
  asked = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  await run(['lookup', ...line.split(' ')]).finally(() => spy.mockRestore());
  expect(asked).toEqual([expected]);
});

test('a quota that is used up says from when on there is more, in the reader’s own time', async () => {
  asked = [];
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const now = Date.now();
  await run(['lookup', 'list', '--agreement', 'FULL']).finally(() => spy.mockRestore());
  const code = process.exitCode;
  process.exitCode = undefined;
  const [, said = ''] = /from (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d) on/.exec(written.join('')) ?? [];
  const from = new Date(`${said.replace(' ', 'T')}:00`).getTime();
  expect(code).toBe(1);
  expect(asked).toHaveLength(1);
  expect(from).toBeGreaterThanOrEqual(now + 3_600_000 - 1_000);
  expect(from).toBeLessThanOrEqual(Date.now() + 3_600_000);
});
