import { describe, expect, test } from '@jest/globals';
import { api, type ApiPorts } from '../../functions/kernel/api/api.ts';
import { endpoint } from '../../functions/kernel/endpoint.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { allRoutes, routes, type Route } from '../../schemas/contracts/routes.ts';
import { anId } from '../support/builders.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';

const ports: ApiPorts = {
  answers: { find: async () => undefined },
  clock: testClock(),
  log: recordingLog(),
  metrics: recordingMetrics(),
  identity: testHub,
};
const asked: unknown[] = [];
const lists = allRoutes.filter(({ query }) => 'cursor' in query.shape);
/** Each list ends its page at one position, and notes which one it was asked to go on from. */
const serving = api(
  lists.map((route) =>
    endpoint(route, async ({ query }) => {
      asked.push(query['cursor'] ?? query['after']);
      return done({ ...(route.example.response as object), cursor: 'position 7' });
    }),
  ),
  ports,
);

const callerOf = ({ roles }: Route, as: string): string =>
  roles.includes('department') ? as : roles.includes('auditor') ? 'audit' : 'eitc';

const callOf = (route: Route, query: ApiCall['query'] = {}, as = 'tax'): ApiCall => ({
  as: callerOf(route, as),
  route,
  ...(route.method === 'POST' && { body: route.example.request }),
  params: Object.fromEntries(
    [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, name === 'agreementId' ? anId(1) : 'streets']),
  ),
  query,
});

async function cursorOf(call: ApiCall): Promise<string> {
  const { body } = await callApi<{ cursor: string }>(serving, call);
  return body.cursor;
}
const bare = (position: string) => Buffer.from(position).toString('base64url');

test('every list has cursors', () => {
  expect(lists.map(({ id }) => id)).toContain('listUnusedGrants');
  expect(lists.length).toBeGreaterThanOrEqual(15);
});

describe.each(lists.map((route) => [route.id, route] as const))('%s', (_, route) => {
  const parameters = ['cursor', 'after'].filter((name) => name in route.query.shape);

  test('goes on from where its own cursor says, whatever the limit', async () => {
    const cursor = await cursorOf(callOf(route));
    for (const name of parameters) {
      expect(await callApi(serving, callOf(route, { [name]: cursor, limit: 3 }))).toMatchObject({ status: 200 });
      expect(asked.at(-1)).toBe('position 7');
    }
  });

  test('refuses whatever it has not given', async () => {
    const own = await cursorOf(callOf(route));
    const others = await Promise.all(lists.filter(({ id }) => id !== route.id).map((other) => cursorOf(callOf(other))));
    const positions = [
      '0',
      '\0',
      'null',
      '[]',
      '["\u0000"]',
      '{"__proto__":1}',
      anId(3),
      `${anId(3)}#tax`,
      '2026-12-01',
    ];
    const hostile = [
      'A',
      'AA',
      'AAAA',
      '_'.repeat(8),
      'x'.repeat(1018),
      'x'.repeat(1024),
      ...positions.map(bare),
      own.slice(0, -1),
      `${own}A`,
      `${own.startsWith('B') ? 'C' : 'B'}${own.slice(1)}`,
      ...others,
      // Of a list that departments do not read all cases call as the same reader.
      ...(route.roles.includes('department') ? [await cursorOf(callOf(route, {}, 'press'))] : []),
    ];
    for (const name of parameters)
      for (const cursor of hostile) {
        const { status, body } = await callApi(serving, callOf(route, { [name]: cursor }));
        expect([cursor, status, body.violations?.[0]?.path]).toEqual([cursor, 400, `/query/${name}`]);
      }
  });
});

test.each<[string, ApiCall]>([
  ['of another resource', { ...callOf(routes.listDatasets), params: { resourceId: 'roads' } }],
  ['of another department', callOf(routes.listDatasets, {}, 'press')],
])('a cursor leads on in its own list, not in that %s', async (_, other) => {
  const cursor = await cursorOf(callOf(routes.listDatasets));
  expect(await callApi(serving, { ...other, query: { cursor } })).toMatchObject({ status: 400 });
});

test('a cursor of a search leads on in this search alone', async () => {
  const cursor = await cursorOf(callOf(routes.listResources, { text: '街道' }));
  expect(await callApi(serving, callOf(routes.listResources, { text: '街道', cursor }))).toMatchObject({ status: 200 });
  expect(await callApi(serving, callOf(routes.listResources, { text: '道路', cursor }))).toMatchObject({ status: 400 });
});

test.each(['000000123', '2026-12-01T02:00:04.120Z#7Q3M9K2V5X8Z1B4D6F0H2J5N8P'])(
  'a consumer that kept a cursor of deliveries from before cursors were sealed goes on from it: %s',
  async (position) => {
    expect(await callApi(serving, callOf(routes.listDeliveries, { after: bare(position) }))).toMatchObject({
      status: 200,
    });
    expect(asked.at(-1)).toBe(position);
  },
);
