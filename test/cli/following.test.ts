import { watch as watchFolder } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FollowEvent } from '../../clients/cli/follow/events.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { City, eventually } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';
import { amend } from './amend.ts';
import { Terminal, type Printed } from './terminal.ts';

const definition = {
  title: '街道',
  provider: 'civil-affairs',
  shareType: 'unconditional',
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'integer' },
      { name: 'name', type: 'string' },
    ],
  },
};

let hub: RunningHub;
let city: City;
let desk: Terminal;
/** The provider's table. */
const streets = new Map(Array.from({ length: 300 }, (_, index) => [index, `street ${index}`]));
let datasets = 0;

beforeAll(async () => {
  hub = await startHub();
  city = await City.of(hub);
  desk = await Terminal.open({
    HUB_API: hub.api,
    AWS_REGION: hub.region,
    AWS_SHARED_CREDENTIALS_FILE: hub.credentials,
  });
  await city.publish('civil-affairs', 'streets', definition);
  await upload();
});
afterAll(async () => {
  await desk?.close();
  await city?.leave();
  await hub?.stop();
});

async function upload(): Promise<void> {
  const lines = ['code,name', ...[...streets].map(([code, name]) => `${code},${name}`)];
  expect((await city.upload('civil-affairs', 'streets', `${lines.join('\n')}\n`)).state).toBe('accepted');
  datasets += 1;
}

/** Another version of the table: a name that is new, a street that is gone, one that has come. */
async function change(): Promise<void> {
  const [first = 0] = streets.keys();
  streets.delete(first);
  streets.set(first + 7, `renamed in ${datasets}`);
  streets.set(1000 + datasets, 'new');
  await upload();
}

const as = (department: string) => ({ env: { AWS_PROFILE: department } });
const subscribe = (department: string, format = 'csv') =>
  city.agree(department, 'civil-affairs', 'streets', { fields: ['code', 'name'], content: 'changes', format });
const once = (department: string, file = `${department}.csv`): Promise<Printed> =>
  desk.hub(`follow streets --to ${file} --once --json`, as(department));
const events = ({ out }: Printed): FollowEvent[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FollowEvent);

/** Until the hub has released what belongs to the newest dataset. */
const released = (department: string) =>
  eventually(
    async () => {
      const { items } = await city.as(department).get<{ items: Delivery[] }>('/v1/deliveries', { limit: 100 });
      return items;
    },
    (items) => items.some(({ datasetVersion, state }) => datasetVersion === datasets && state === 'noticed'),
  );

const rows = () => [...streets].map(([code, name]) => `${code},${name}`).toSorted();
const rowsIn = async (file: string) => (await desk.read(file)).trimEnd().split('\n').slice(1).toSorted();

test('a copy follows from the snapshot through edits, and says what was done', async () => {
  await subscribe('tax');
  await released('tax');
  expect(events(await once('tax'))).toMatchObject([
    { event: 'applied', content: 'snapshot', datasetVersion: 1, rows: 300 },
    { event: 'current', datasetVersion: 1 },
  ]);
  await change();
  await change();
  await released('tax');

  const second = await once('tax');

  expect({ code: second.code, err: second.err }).toEqual({ code: 0, err: '' });
  expect(events(second)).toMatchObject([
    { event: 'applied', content: 'changes', datasetVersion: 2, changes: { inserted: 1, updated: 1, deleted: 1 } },
    { event: 'applied', content: 'changes', datasetVersion: 3 },
    { event: 'current', datasetVersion: 3 },
  ]);
  expect(await rowsIn('tax.csv')).toEqual(rows());
  expect(events(await once('tax'))).toMatchObject([{ event: 'current', datasetVersion: 3 }]);
  expect(await city.peek('tax')).toEqual([]);
});

// Side by side: each of them waits most of the time for its mailbox.
describe('while nothing new comes', () => {
  test.concurrent('a copy that somebody has changed, or removed, is made anew from the history', async () => {
    await desk.file('tax.csv', 'code,name\n1,mine\n');
    expect(events(await once('tax'))[0]).toEqual({ event: 'lost', reason: 'changed', file: 'tax.csv' });
    expect(await rowsIn('tax.csv')).toEqual(rows());
    await rm(join(desk.folder, 'tax.csv'));
    expect(events(await once('tax'))[0]).toMatchObject({ event: 'lost', reason: 'missing' });
    expect(await rowsIn('tax.csv')).toEqual(rows());
  });

  test.concurrent('a daemon whose agreement ends while nothing comes leaves at its next look at the history', async () => {
    const { agreementId } = await subscribe('commerce');
    await released('commerce');
    expect((await once('commerce')).code).toBe(0);
    await city.as('commerce').post(`/v1/agreements/${agreementId}/termination`, { reason: 'no need' });
    const { code, err } = await desk.hub(`follow ${agreementId} --to commerce.csv`, as('commerce'));
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('commerce.csv stays as it is') });
  });

  test.concurrent('under an agreement that has ended it says so and leaves', async () => {
    const { agreementId } = await subscribe('culture');
    await released('culture');
    await city.as('culture').post(`/v1/agreements/${agreementId}/termination`, { reason: 'no need' });
    const named = await desk.hub(`follow ${agreementId} --to culture.csv --once`, as('culture'));
    expect({ code: named.code, err: named.err }).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Agreement ${agreementId} has ended`),
    });
    const idle = await desk.hub('follow streets --once', as('culture'));
    expect(idle.err).toContain('culture has no active agreement on streets.');
  });
});

test('killed at each change in its folder, it goes on when it is started again, and the file is whole throughout', async () => {
  await subscribe('press', 'ndjson');
  await released('press');
  await change();
  await released('press');
  let kills = 0;
  for (let moment = 1; moment < 40; moment += 3) {
    const started = desk.start('follow streets --to press.ndjson --once --json', as('press'));
    let changes = 0;
    const watcher = watchFolder(desk.folder, { recursive: true }, (_event, name) => {
      if (name?.startsWith('press') && (changes += 1) === moment) started.child.kill('SIGKILL');
    });
    const { code } = await started.printed;
    watcher.close();
    if (code === 0) break;
    expect(code).toBe('SIGKILL');
    kills += 1;
    const stands = await readFile(join(desk.folder, 'press.ndjson'), 'utf8').catch(() => undefined);
    if (stands !== undefined)
      expect(
        stands
          .trimEnd()
          .split('\n')
          .map((line) => typeof JSON.parse(line)),
      ).toHaveLength(300);
  }
  expect(kills).toBeGreaterThan(2);
  const again = await once('press', 'press.ndjson');
  expect({ code: again.code, last: events(again).at(-1) }).toMatchObject({
    code: 0,
    last: { event: 'current', datasetVersion: datasets },
  });
  const found = (await desk.read('press.ndjson')).trimEnd().split('\n').toSorted();
  expect(found).toEqual([...streets].map(([code, name]) => JSON.stringify({ code, name })).toSorted());
  expect(await readdir(join(desk.folder, 'press.ndjson.hub/work'))).toEqual([]);
});

describe('a daemon', () => {
  test('applies what comes, makes up for lost notices, and leaves other agreements’ notices', async () => {
    const other = await city.agree('health', 'civil-affairs', 'streets', { fields: ['code'] });
    const { agreementId } = await subscribe('health');
    await released('health');
    const wanted = await desk.hub('follow streets --once', as('health'));
    expect({ code: wanted.code, err: wanted.err }).toMatchObject({
      code: 2,
      err: expect.stringContaining(`hub follow ${agreementId} --to FILE`),
    });
    const daemon = desk.start(`follow ${agreementId} --to health.csv --json`, as('health'));
    await daemon.says('"content":"snapshot"');
    await change();
    await daemon.says(`"datasetVersion":${datasets}`);
    const second = await desk.hub(`follow ${agreementId} --to health.csv --once`, as('health'));
    expect({ code: second.code, err: second.err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('Another hub follow is running on health.csv.hub.'),
    });
    daemon.child.kill('SIGTERM');
    expect((await daemon.printed).code).toBe(0);
    expect(await rowsIn('health.csv')).toEqual(rows());
    const left = await eventually(
      () => city.peek('health', 5),
      ({ length }) => length > 0,
    );
    expect(new Set(left.map((notice) => notice.agreementId))).toEqual(new Set([other.agreementId]));
  });

  test('that runs programs leaves edits to the one that follows', async () => {
    await subscribe('housing');
    await released('housing');
    const watch = () => desk.hub("watch --exec 'true' --to watched --once --json", as('housing'));
    expect((await watch()).code).toBe(0);
    await change();
    await released('housing');
    const { code, out } = await watch();
    expect({ code, told: JSON.parse(out.trim().split('\n')[0]!) as unknown }).toMatchObject({
      code: 0,
      told: { event: 'left', datasetVersion: datasets },
    });
    expect((await once('housing')).code).toBe(0);
    expect(await rowsIn('housing.csv')).toEqual(rows());
  });
});

test('an amendment begins the copy anew, with the fields of the new terms, and edits go on from there', async () => {
  const agreement = await subscribe('planning');
  await released('planning');
  expect((await once('planning')).code).toBe(0);
  await city.as('civil-affairs').post(`/v1/agreements/${agreement.agreementId}/suspension`, { reason: 'other terms' });
  await change();
  await amend(city, agreement, { fields: ['name', 'code'] });
  const waiting = await once('planning');
  expect({ code: waiting.code, told: events(waiting).map(({ event }) => event) }).toEqual({
    code: 0,
    told: ['suspended', 'current'],
  });
  await city.as('civil-affairs').post(`/v1/agreements/${agreement.agreementId}/resumption`, { reason: 'agreed' });
  await released('planning');

  const anew = await once('planning');

  expect({ code: anew.code, events: events(anew) }).toMatchObject({
    code: 0,
    events: [{ event: 'applied', content: 'snapshot', datasetVersion: datasets }, { event: 'current' }],
  });
  const swapped = () => [...streets].map(([code, name]) => `${name},${code}`).toSorted();
  expect(await rowsIn('planning.csv')).toEqual(swapped());
  await change();
  await released('planning');
  expect(events(await once('planning'))).toMatchObject([
    { event: 'applied', content: 'changes' },
    { event: 'current' },
  ]);
  expect(await rowsIn('planning.csv')).toEqual(swapped());
});
