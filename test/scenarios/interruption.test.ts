import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AnnouncedUpload, Upload } from '../../schemas/contracts/uploads.ts';
import { putFile, factsOf } from '../../clients/protocol/file.ts';
import { verdict } from '../../clients/protocol/steward.ts';
import { City, eventually } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';
import { csvOf, legalEntities } from '../support/legal-entities.ts';
import { aDefinition } from '../support/builders.ts';

let running: RunningHub;
let city: City;
const names = ['org_code', 'name', 'division'] as const;
const definition = aDefinition({
  provider: 'quality',
  schema: { primaryKey: ['org_code'], fields: names.map((name) => ({ name, type: 'string' })) },
} as never);

beforeAll(async () => {
  running = await startHub();
  city = await City.of(running);
  await city.publish('quality', 'entities', definition);
  await city.agree('tax', 'quality', 'entities', { fields: ['org_code', 'name'] });
});
afterAll(async () => {
  await running?.stop();
  await city?.leave();
});

/** Kills the hub with everything it runs, and starts it again on the same data. */
const killAndRestart = async () => {
  await running.kill9();
  running = await startHub({ data: running.data });
  await city.leave();
  city = await City.of(running);
};

test.each([0, 50, 200, 500, 1_000, 2_000])(
  'killed %i ms after the file arrived, the hub ends what was under way, once',
  async (delay) => {
    const rows = legalEntities(3_000, delay + 1);
    const hub = city.as('quality');
    const file = await city.file(csvOf(rows, names));
    const announced = await hub.post<AnnouncedUpload>('/v1/uploads', {
      resourceId: 'entities',
      ...(await factsOf(file)),
    });
    await putFile(announced.put!, file);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await killAndRestart();

    const upload = await verdict(city.as('quality'), announced.uploadId);
    expect(upload).toMatchObject({ state: 'accepted', rows: { read: 3_000, accepted: 3_000 } });
    const [delivered] = await city.receive('tax');
    expect(delivered!.notice.datasetVersion).toBe(upload.datasetVersion);
    expect(delivered!.text).toBe(csvOf(rows, ['org_code', 'name']));
    const history = [];
    for await (const delivery of city.as('tax').list<{ datasetVersion: number }>('/v1/deliveries'))
      history.push(delivery.datasetVersion);
    expect(history).toEqual(Array.from({ length: upload.datasetVersion! }, (_, index) => index + 1));
  },
);

test('what was filed and accepted before a kill is there after it, and an unread notice comes again', async () => {
  const before = await city.upload('quality', 'entities', csvOf(legalEntities(10, 99), names));
  await eventually(
    () => city.peek('tax', 1),
    (notices) => notices.length > 0,
  );
  const agreements = await city.as('tax').get<{ items: unknown[] }>('/v1/agreements');
  await killAndRestart();
  expect(await city.as('quality').get<Upload>(`/v1/uploads/${before.uploadId}`)).toMatchObject({
    state: 'accepted',
    datasetVersion: before.datasetVersion,
  });
  expect(await city.as('tax').get('/v1/agreements')).toEqual(agreements);
  const [delivered] = await city.receive('tax');
  expect(delivered!.notice.datasetVersion).toBe(before.datasetVersion);
});
