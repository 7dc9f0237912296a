import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { putFile, factsOf } from '../../clients/node/file.ts';
import { verdict } from '../../clients/node/steward.ts';
import { routes } from '../../clients/protocol/routes.ts';
import { aDefinition } from '../support/builders.ts';
import { City, eventually } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';
import { csvOf, legalEntities } from '../support/legal-entities.ts';

const names = ['org_code', 'name', 'division'] as const;
const definition = aDefinition({
  provider: 'quality',
  schema: { primaryKey: ['org_code'], fields: names.map((name) => ({ name, type: 'string' })) },
} as never);

/** Of a hub that is killed so many milliseconds after a file arrived, each time with an earlier notice unread. */
export function killed(moments: readonly number[]): void {
  let running: RunningHub;
  let city: City;
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

  test.each(moments)(
    'killed %i ms after the file arrived, the hub ends what was under way, once; what it had accepted and filed is there',
    async (delay) => {
      const earlier = legalEntities(10, 10_000 + delay);
      const before = await city.upload('quality', 'entities', csvOf(earlier, names));
      await eventually(
        () => city.peek('tax', 1),
        (notices) => notices.length > 0,
      );
      const agreements = await city.as('tax').call(routes.listAgreements, {});
      const later = legalEntities(3_000, delay + 1);
      const file = await city.file(csvOf(later, names));
      const announced = await city.as('quality').call(routes.announceUpload, {
        body: {
          resourceId: 'entities',
          ...(await factsOf(file)),
        },
      });
      await putFile(announced.put!, file);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await killAndRestart();

      expect(await city.as('quality').call(routes.readUpload, { params: { uploadId: before.uploadId } })).toMatchObject(
        {
          state: 'accepted',
          datasetVersion: before.datasetVersion,
        },
      );
      expect(await city.as('tax').call(routes.listAgreements, {})).toEqual(agreements);
      const upload = await verdict(city.as('quality'), announced.uploadId);
      expect(upload).toMatchObject({ state: 'accepted', rows: { read: 3_000, accepted: 3_000 } });
      const delivered = await city.receive('tax', 2);
      const granted = ['org_code', 'name'] as const;
      expect(new Map(delivered.map(({ notice, text }) => [notice.datasetVersion, text]))).toEqual(
        new Map([
          [before.datasetVersion, csvOf(earlier, granted)],
          [upload.datasetVersion, csvOf(later, granted)],
        ]),
      );
      const history = [];
      for await (const delivery of city.as('tax').list(routes.listDeliveries, {}))
        history.push(delivery.datasetVersion);
      expect(history).toEqual(Array.from({ length: upload.datasetVersion! }, (_, index) => index + 1));
    },
  );
}
