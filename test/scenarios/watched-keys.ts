import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { lodgeList } from '../../clients/node/watches.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { EventNotice } from '../../schemas/contracts/notices.ts';
import type { KeyWatch } from '../../schemas/contracts/watches.ts';
import { inMinutes } from '../support/in-minutes.ts';
import type { Place } from '../support/place.ts';
import { population, populationCsv, populationDefinition, type PersonRow } from '../support/population-register.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const resourceId = 'registered-residents';

/**
 * The pensions office has its pensioners watched in the register of the population: it holds no copy, asks nobody every night,
 * and hears when one of them has moved or is in the register no more.
 */
export async function pensionersWatched(at: Place): Promise<void> {
  const { city } = at;
  const register = population(40, 71);
  const [moved, renamed, gone, still] = register as [PersonRow, PersonRow, PersonRow, PersonRow];
  await city.publish('public-security', resourceId, {
    ...populationDefinition,
    modes: ['delivery', 'lookup'],
  });
  await city.upload('public-security', resourceId, populationCsv(register));
  const { agreementId } = await city.agree('social-security', 'public-security', resourceId, {
    mode: 'lookup',
    key: ['id_no'],
    fields: ['household_division'],
    perDay: 20,
    perUserPerDay: 20,
    reasons: ['pension'],
    watchKeys: 30,
    duties: { security: 'in-house network, named officers' },
  });
  const office = city.as('social-security');
  const read = (id: string) => office.call(routes.readWatch, { params: { watchId: id } });
  const changes = async (): Promise<Extract<EventNotice, { type: 'changed' }>[]> =>
    (await city.told('social-security')).flatMap((notice) =>
      notice.type === 'changed' && notice.watchId === watchId ? [notice] : [],
    );
  const told = async () => [...new Map((await changes()).map((notice) => [notice.noticeId, notice])).values()];

  const stranger = population(1, 999)[0]!;
  const list = [stranger, gone, still, moved, renamed].map((row, i) => `${i + 1},${row['id_no']}`);
  const file = await city.file(['序号,身份证号', ...list, ''].join('\n'));
  const watchId = await lodgeList(office, file, { agreementId, columns: { id_no: '身份证号' } });
  const is = (state: KeyWatch['state']) => (watch: KeyWatch) => watch.state === state;
  const begun = await inMinutes(at, () => read(watchId), is('active'));
  await step('the keys are watched, and nothing is told of who is there', async () => {
    expect(begun).toMatchObject({ keys: 5, told: { keys: 0 } });
    expect(await told()).toEqual([]);
  });

  const later = register
    .filter((row) => row !== gone)
    .map((row) => {
      if (row === moved) return { ...row, household_division: '110199' };
      return row === renamed ? { ...row, name: `${row['name']}某` } : row;
    });
  await city.upload('public-security', resourceId, populationCsv(later));
  await step(
    'who moved, and who is there no more, is told by place; a name that is not granted changes unseen',
    async () => {
      await inMinutes(at, told, (notices) => notices.length > 0);
      expect(await told()).toMatchObject([{ refs: [2, 4], resourceId, agreementId, datasetVersion: 2 }]);
      expect(JSON.stringify(await city.told('social-security'))).not.toContain(moved['id_no']);
    },
  );
  await step('and what they say now is looked up, for a case', async () => {
    const looked = await office.call(routes.lookUp, {
      body: { agreementId, key: { id_no: moved['id_no']! }, caseNumber: '2026-77', reason: 'pension' },
    });
    expect(looked).toMatchObject({ found: true, record: { household_division: '110199' } });
  });
  await step('its provider sees how many keys and changes, and of whom nothing', async () => {
    const [seen] = (await city.as('public-security').call(routes.listWatches, { query: { agreementId } })).items;
    expect(seen).toMatchObject({ consumer: 'social-security', keys: 5, told: { keys: 2, datasets: 1 } });
    const reply = await city.as('press').ask(routes.readWatch, { params: { watchId } });
    expect(problemOf(reply)).toMatchObject({ status: 404, code: 'not-found' });
  });

  const params = { agreementId };
  await city.as('public-security').call(routes.suspendAgreement, { params, body: { reason: 'repairs' } });
  await city.upload('public-security', resourceId, populationCsv(register));
  await step(
    'while the agreement is suspended nothing is told, afterwards what changed meanwhile is, once',
    async () => {
      for (let minutes = 0; minutes < 3; minutes++) {
        await at.hub.advance(60);
        await pause(500);
      }
      expect(await told()).toHaveLength(1);
      await city.as('public-security').call(routes.resumeAgreement, { params, body: { reason: 'repaired' } });
      await inMinutes(at, told, (notices) => notices.length > 1);
      expect((await told()).map(({ refs, datasetVersion }) => [datasetVersion, refs])).toEqual([
        [2, [2, 4]],
        [3, [2, 4]],
      ]);
    },
  );
  await step('with the agreement the watch ends, and its consumer is told', async () => {
    await office.call(routes.terminateAgreement, { params, body: { reason: 'the register is ours' } });
    expect(await inMinutes(at, () => read(watchId), is('ended'))).toMatchObject({ end: 'agreement-over', keys: 5 });
    const ended = (await city.told('social-security')).filter(({ event }) => event === 'ended');
    expect(ended).toMatchObject([{ type: 'watch', watchId, end: 'agreement-over' }]);
  });
}
