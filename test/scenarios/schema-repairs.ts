import { expect } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { eventually } from '../support/city.ts';
import { type Place } from '../support/place.ts';
import { day, isOutdated, minute, provider, steps, versionsIn } from './schema-versions.ts';

const definition = (...fields: string[]) => ({
  title: '许可证信息',
  provider,
  shareType: 'unconditional',
  updateCycle: 'daily',
  schema: { fields: fields.map((name) => ({ name, type: 'string' })) },
});
const whole = definition('number', 'holder');
const broken = { ...definition('number'), breaking: 'accepted' };
const repaired = { ...whole, title: '许可证信息（恢复持有人）', breaking: 'accepted' };

/** A version that repairs what an earlier one broke. */
function repairsIn(place: Place) {
  const { hub, city } = place;
  const versions = versionsIn(place);
  const { agreementOf, put } = versions;
  async function concluded(resourceId: string): Promise<Agreement> {
    await city.publish(provider, resourceId, whole);
    const agreement = await city.agree('tax', provider, resourceId, { fields: ['number', 'holder'] });
    await city.upload(provider, resourceId, 'number,holder\nP1,长安商贸\n');
    await city.receive('tax');
    return agreement;
  }
  const outdatedBy = async (agreement: Agreement, graceDays: number) => {
    expect((await put(agreement.resourceId, { ...broken, graceDays })).status).toBe(200);
    await hub.advance(minute);
    await eventually(() => agreementOf(agreement), isOutdated);
  };
  const repair = async ({ resourceId }: Agreement) => {
    expect(await put(resourceId, repaired)).toMatchObject({ status: 200, body: { version: 3 } });
  };

  return { ...versions, concluded, outdatedBy, repair };
}

/** Within the days of grace: the agreement goes on as if nothing had happened, also after them. */
export async function repairedInTime(place: Place): Promise<void> {
  const { hub, city } = place;
  const { agreementOf, textsOf, toldOf, concluded, outdatedBy, repair } = repairsIn(place);
  const agreement = await concluded('repaired-in-time');
  await outdatedBy(agreement, 1);
  await repair(agreement);
  await hub.advance(minute);
  await eventually(
    () => agreementOf(agreement),
    (each) => !isOutdated(each),
  );
  for (const department of ['tax', provider])
    expect(await toldOf(department, 'restore', agreement, 1)).toMatchObject([
      { agreementId: agreement.agreementId, resourceVersion: 3, state: 'active' },
    ]);
  await hub.advance(3 * day);
  await city.upload(provider, agreement.resourceId, 'number,holder\nP2,西城粮油\n');
  expect(await textsOf('tax')).toMatchObject([{ text: 'number,holder\nP2,西城粮油\n' }]);
  const after = await agreementOf(agreement);
  expect(after).toMatchObject({ state: 'active', suspensions: [] });
  expect(steps(after).slice(-2)).toEqual(['outdate', 'restore']);
}

/** After them: the hub lifts its hold, and the newest data that were missed arrive. */
export async function repairedLate(place: Place): Promise<void> {
  const { hub, city } = place;
  const { agreementOf, concluded, outdatedBy, repair } = repairsIn(place);
  const agreement = await concluded('repaired-late');
  await outdatedBy(agreement, 0);
  await hub.advance(day);
  await eventually(
    () => agreementOf(agreement),
    ({ state }) => state === 'suspended',
  );
  await repair(agreement);
  await city.upload(provider, agreement.resourceId, 'number,holder\nP2,西城粮油\n');
  await hub.advance(minute);
  const [delivered] = await city.receive('tax');
  expect(delivered).toMatchObject({ notice: { termsVersion: 1 }, text: 'number,holder\nP2,西城粮油\n' });
  const after = await agreementOf(agreement);
  // Not before the clock has lifted the hold, whose minute may come by itself.
  const resumed = after.history.find(({ action }) => action === 'resume');
  expect(Date.parse(delivered!.notice.releasedAt)).toBeGreaterThanOrEqual(Date.parse(resumed!.at));
  expect(after).toMatchObject({ state: 'active', suspensions: [] });
  expect(steps(after).slice(-4)).toEqual(['outdate', 'suspend', 'restore', 'resume']);
}

/** Before anybody was told: nothing was ever wrong, but for what the repair breaks itself. */
export async function repairedAtOnce(place: Place): Promise<void> {
  const { hub, city } = place;
  const { agreementOf, put } = repairsIn(place);
  const resourceId = 'repaired-at-once';
  await city.publish(provider, resourceId, definition('number', 'holder', 'office'));
  const agreement = await city.agree('tax', provider, resourceId, { fields: ['number', 'holder'] });
  const broken = await city.agree('emergency', provider, resourceId, { fields: ['number', 'office'] });
  const accepted = { breaking: 'accepted', graceDays: 0 };
  expect((await put(resourceId, { ...definition('number', 'office'), ...accepted })).status).toBe(200);
  expect((await put(resourceId, { ...definition('number', 'holder'), ...accepted })).status).toBe(200);
  await hub.advance(minute);
  const told = await eventually(() => agreementOf(broken), isOutdated);
  expect(told.outdated).toMatchObject({ resourceVersion: 3, fields: ['office'] });
  await hub.advance(2 * day);
  await eventually(
    () => agreementOf(broken),
    ({ state }) => state === 'suspended',
  );
  const after = await agreementOf(agreement);
  expect([after.state, after.outdated, steps(after).at(-1)]).toEqual(['active', undefined, 'file']);
}
