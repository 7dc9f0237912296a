import { expect, test } from '@jest/globals';
import { api, type ApiPorts } from '../../functions/kernel/api/api.ts';
import { endpoint } from '../../functions/kernel/endpoint.ts';
import { refuse } from '../../functions/kernel/outcome.ts';
import { pointerOf } from '../../schemas/contracts/problem.ts';
import { allRoutes, routes, type Route } from '../../schemas/contracts/routes.ts';
import { callApi, testHub } from '../support/memory/api-call.ts';
import { stringsOf, withChange } from '../support/strings-of.ts';
import { recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';

const ports: ApiPorts = {
  answers: { find: async () => undefined },
  clock: testClock(),
  log: recordingLog(),
  metrics: recordingMetrics(),
  identity: testHub,
};
/** Every route, as far as the form of a request: what passes it is not found. */
const serving = api(
  allRoutes.map((route) => endpoint(route, async () => refuse('no-such-route'))),
  ports,
);

const callers = { department: 'tax', authority: 'eitc', auditor: 'audit' } as const;

/** The routes' own example requests with one string changed in each. */
function* changed(change: (text: string) => string): Generator<{ route: Route; place: string; body: unknown }> {
  for (const route of allRoutes)
    for (const path of stringsOf(route.example.request))
      yield { route, place: `${route.id} ${pointerOf(path)}`, body: withChange(route.example.request, path, change) };
}

async function accepted(change: (text: string) => string): Promise<string[]> {
  const places: string[] = [];
  for (const { route, place, body } of changed(change)) {
    const params = Object.fromEntries(
      [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [
        name!,
        name === 'resourceId' || name === 'themeId' ? 'a' : '01JDBV0H7N6Z8W3Q5X9R2T4YKM',
      ]),
    );
    const { status } = await callApi(serving, { as: callers[route.roles[0]!], route, params, body });
    if (status !== 400) places.push(place);
  }
  return places;
}

/** Values of files: whoever corrects or posts one has to be able to say it as it is. */
const data = [
  'postRecords /records/0/org_code',
  'postRecords /records/0/name',
  'postRecords /records/0/division',
  'reportCorrection /key/org_code',
  'reportCorrection /proposed',
  'lookUp /key/id_no',
  'reportLookups /key/id_no',
];

test.each(['\u001b', '\u009b', '\u202e', '\u2028', '\u200b'])(
  'no text of any request has %j, which acts on who shows it; values of files may',
  async (character) => {
    expect(await accepted((text) => text + character)).toEqual(data);
  },
);

test('reasons, purposes, descriptions and words have several lines, and nothing else has', async () => {
  const places = await accepted((text) => `${text}\n${text}`);
  const names = places.filter((place) => !data.includes(place)).map((place) => place.split('/').at(-1));
  expect(new Set(names)).toEqual(
    new Set([
      'description',
      'legalBasis',
      'provision',
      'purpose',
      'reason',
      'security',
      'shareCondition',
      'text',
      'use',
      'words',
    ]),
  );
});

test.each(['text', 'field', 'theme'])('nor has the search criterion %s', async (name) => {
  const call = { as: 'tax', route: routes.listResources, query: { [name]: 'a\u202eb' } };
  expect(await callApi(serving, call)).toMatchObject({
    status: 400,
    body: { code: 'malformed', violations: [{ path: `/query/${name}`, rule: 'characters' }] },
  });
});

test('the violation names place, character and position, not the text', async () => {
  const call = {
    as: 'tax',
    route: routes.withdrawAmendment,
    params: { agreementId: '01JDBV0H7N6Z8W3Q5X9R2T4YKM' },
    body: { reason: 'secret\u202e' },
  };
  const { body } = await callApi(serving, call);
  expect(body.violations).toEqual([
    {
      path: '/reason',
      rule: 'characters',
      message: 'lines of visible characters, ended by U+000A: take out U+202E, character 7',
    },
  ]);
});
