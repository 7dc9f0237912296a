import { expect } from '@jest/globals';
import { settle } from '../../clients/protocol/parties.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { eventually, usual } from '../support/city.ts';
import { today, type Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';
import { day, isOutdated, minute, provider, versionsIn } from './schema-versions.ts';

/** A register changes under the agreements on it. */
export async function registerChanges(place: Place): Promise<void> {
  const { hub, city } = place;
  const { parties, agreementOf, put, contentOf, textsOf, fates, toldOf } = versionsIn(place);
  const resourceId = 'enterprises';
  const code = { name: 'code', type: 'string', constraints: { required: true } };
  const name = { name: 'name', type: 'string' };
  const definition = (...fields: object[]) => ({
    title: '企业登记信息',
    provider,
    shareType: 'unconditional',
    updateCycle: 'daily',
    schema: { primaryKey: ['code'], fields: [code, name, ...fields] },
  });
  const first = definition({ name: 'capital', type: 'integer' }, { name: 'opened', type: 'date' });
  const second = definition({ name: 'capital', type: 'string' }, { name: 'founded', type: 'year' });
  const agreed = {} as Record<'tax' | 'emergency' | 'district-xicheng' | 'housing', Agreement>;
  const affected = () => [agreed.emergency, agreed['district-xicheng']];
  let grace: string;
  let fetched: string;

  await city.publish(provider, resourceId, first);
  const concluded: readonly (readonly ['tax' | 'emergency' | 'district-xicheng', object])[] = [
    ['tax', { fields: ['code', 'name'] }],
    ['emergency', { fields: ['code', 'capital'] }],
    ['district-xicheng', { fields: ['code', 'opened'], content: 'changes' }],
  ];
  for (const [consumer, terms] of concluded) agreed[consumer] = await city.agree(consumer, provider, resourceId, terms);
  agreed.housing = await signedBy('housing', { fields: ['name', 'opened'] });

  /** Agreed and signed by both; it waits for the authority. */
  async function signedBy(consumer: string, terms: object): Promise<Agreement> {
    const proposal = {
      resourceId,
      terms: usual(terms),
    };
    const { agreementId, termsVersion, termsDigest } = await city
      .as(consumer)
      .call(routes.proposeAgreement, { body: proposal });
    const params = { agreementId };
    const signature = { params, body: { termsVersion, termsDigest } };
    await city.as(provider).call(routes.acceptAgreement, { params, body: { termsVersion } });
    await city.as(consumer).call(routes.signAgreement, signature);
    return city.as(provider).call(routes.signAgreement, signature);
  }

  await step('each consumer gets the fields that it agreed on', async () => {
    await city.upload(provider, resourceId, 'code,name,capital,opened\nE1,长安商贸,100,2001-05-01\n');
    expect(await textsOf('tax')).toMatchObject([{ text: 'code,name\nE1,长安商贸\n' }]);
    expect(await textsOf('district-xicheng')).toMatchObject([
      { content: 'snapshot', text: 'code,opened\nE1,2001-05-01\n' },
    ]);
    const [delivered] = await city.receive('emergency');
    expect(delivered?.text).toBe('code,capital\nE1,100\n');
    fetched = delivered!.notice.deliveryId;
  });

  await step(
    'the provider sees beforehand which agreements another version would break, and in which fields',
    async () => {
      const comparison = await city
        .as(provider)
        .call(routes.compareResource, { params: { resourceId }, body: second as never });
      expect(comparison).toMatchObject({ resourceId, resourceVersion: 1, verdict: 'breaking' });
      expect(comparison.changes.map(({ kind }) => kind).toSorted()).toEqual([
        'field-added',
        'field-removed',
        'type-widened',
      ]);
      const impacts = comparison.agreements.map(({ consumer, verdict, inForce, fields }) => [
        consumer,
        { verdict, inForce, fields },
      ]);
      expect(impacts).toHaveLength(3);
      expect(Object.fromEntries(impacts)).toEqual({
        'district-xicheng': { verdict: 'breaking', inForce: true, fields: ['opened'] },
        emergency: { verdict: 'breaking', inForce: true, fields: ['capital'] },
        housing: { verdict: 'breaking', inForce: false, fields: ['opened'] },
      });
    },
  );

  await step('it is refused with exactly these, until the provider accepts that it breaks them', async () => {
    const refused = await put(resourceId, second);
    expect(refused).toMatchObject({ status: 409, problem: { code: 'breaking-change' } });
    const broken = (problemOf(refused).violations ?? []).filter(({ path }) => path.startsWith('/agreements/'));
    const said = ({ agreementId, consumer }: Agreement, rule: string, field: string) => ({
      path: `/agreements/${agreementId}`,
      rule,
      message: `breaks terms version 1 with ${consumer}: the fields ${field}`,
    });
    expect(broken).toHaveLength(3);
    expect(broken).toEqual(
      expect.arrayContaining([
        said(agreed.emergency, 'agreement-broken', 'capital'),
        said(agreed['district-xicheng'], 'agreement-broken', 'opened'),
        said(agreed.housing, 'negotiation-broken', 'opened'),
      ]),
    );
    const accepted = await put(resourceId, { ...second, breaking: 'accepted', graceDays: 30 });
    expect(accepted).toMatchObject({ status: 200, body: { version: 2 } });
    grace = await today(place, 30);
  });

  await step('within a minute these agreements say so, and no other, and both parties are told', async () => {
    await hub.advance(minute);
    const [emergency, xicheng] = await eventually(
      () => Promise.all(affected().map(agreementOf)),
      (agreements) => agreements.every(isOutdated),
    );
    expect(emergency).toMatchObject({
      state: 'active',
      outdated: { resourceVersion: 2, fields: ['capital'], graceUntil: grace },
    });
    expect(xicheng).toMatchObject({
      state: 'active',
      outdated: { resourceVersion: 2, fields: ['opened'], graceUntil: grace },
    });
    const notice = { event: 'outdate', resourceId, resourceVersion: 2, due: grace, state: 'active' };
    for (const agreement of affected()) {
      const { consumer, agreementId } = agreement;
      const told = [{ ...notice, agreementId, path: `/v1/agreements/${agreementId}` }];
      for (const party of [consumer, provider])
        expect(await toldOf(party, 'outdate', agreement, 1)).toMatchObject(told);
    }
    expect((await agreementOf(agreed.tax)).outdated).toBeUndefined();
    expect((await agreementOf(agreed.housing)).outdated).toBeUndefined();
    for (const untouched of [agreed.tax, agreed.housing])
      for (const party of [untouched.consumer, provider])
        expect(await toldOf(party, 'outdate', untouched, 0)).toEqual([]);
  });

  await step(
    'data of the new version go to those whose terms still fit; what the others have stays theirs',
    async () => {
      await city.upload(provider, resourceId, 'code,name,capital,founded\nE1,长安商贸,100万,2001\nE2,西城粮油,,1998\n');
      expect(await textsOf('tax')).toMatchObject([{ text: 'code,name\nE1,长安商贸\nE2,西城粮油\n' }]);
      const planned = await eventually(
        () => fates(resourceId, 2),
        ({ size }) => size === 3,
      );
      expect(Object.fromEntries(planned)).toEqual({
        tax: 'noticed',
        emergency: 'incompatible-version',
        'district-xicheng': 'incompatible-version',
      });
      expect((await contentOf('emergency', fetched)).status).toBe(200);
    },
  );

  await step('what was negotiated on the old version cannot be filed any more, only negotiated anew', async () => {
    const params = { agreementId: agreed.housing.agreementId };
    const filing = { params, body: { filingNumber: 'T-late' } };
    expect(await city.as('eitc').ask(routes.fileAgreement, filing)).toMatchObject({
      status: 409,
      problem: { code: 'terms-outdated' },
    });
    expect((await agreementOf(agreed.housing)).state).toBe('signed');
    const [{ terms }] = agreed.housing.terms as [Agreement['terms'][number]];
    const anew = await city
      .as('housing')
      .call(routes.counterAgreement, { params, body: { terms: { ...terms, fields: ['name', 'founded'] } } });
    expect(anew).toMatchObject({ state: 'proposed', resourceVersion: 2, signatures: [] });
    expect(await settle(parties('housing'), anew, 'T-anew')).toMatchObject({ state: 'active' });
    expect(await textsOf('housing')).toMatchObject([{ text: 'name,founded\n长安商贸,2001\n西城粮油,1998\n' }]);
  });

  /** Other fields, proposed by the consumer on the newest version, up to the filing. */
  async function amend({ agreementId, consumer, terms }: Agreement, fields: readonly string[]): Promise<Agreement> {
    const [{ terms: inForce }] = terms as [Agreement['terms'][number]];
    const proposed = await city
      .as(consumer)
      .call(routes.counterAgreement, { params: { agreementId }, body: { terms: { ...inForce, fields } } });
    expect(proposed.amendment).toMatchObject({ state: 'proposed', resourceVersion: 2 });
    return settle(parties(consumer), proposed, `T-amended-${consumer}`);
  }

  await step(
    'whoever amends is up to date again: the newest data arrive under the new terms, then their edits',
    async () => {
      const amended = await amend(agreed['district-xicheng'], ['code', 'founded']);
      expect(amended).toMatchObject({ state: 'active', termsVersion: 2, resourceVersion: 2 });
      expect(amended.outdated).toBeUndefined();
      expect(await textsOf('district-xicheng')).toEqual([
        { content: 'snapshot', termsVersion: 2, text: 'code,founded\nE1,2001\nE2,1998\n' },
      ]);
      await city.upload(provider, resourceId, 'code,name,capital,founded\nE1,长安商贸,100万,2002\nE2,西城粮油,,1998\n');
      expect(await textsOf('district-xicheng')).toEqual([
        { content: 'changes', termsVersion: 2, text: '_op,code,founded\nupsert,E1,2002\n' },
      ]);
      await city.receive('tax');
      await city.receive('housing');
    },
  );

  await step('whoever lets the days of grace pass is suspended by the hub, and its content refused', async () => {
    await hub.advance(29 * day);
    expect((await agreementOf(agreed.emergency)).state).toBe('active');
    expect((await contentOf('emergency', fetched)).status).toBe(200);
    await hub.advance(2 * day);
    const held = await eventually(
      () => agreementOf(agreed.emergency),
      ({ state }) => state === 'suspended',
    );
    expect(held.suspensions).toMatchObject([{ holder: 'clock', by: 'hub', reason: expect.stringContaining(grace) }]);
    expect(await contentOf('emergency', fetched)).toMatchObject({
      status: 409,
      problem: { code: 'agreement-not-active' },
    });
    expect(await toldOf('emergency', 'suspend', agreed.emergency, 1)).toMatchObject([{ state: 'suspended' }]);
    for (const consumer of ['tax', 'district-xicheng', 'housing'] as const)
      expect((await agreementOf(agreed[consumer])).state).toBe('active');
    const resumption = {
      params: { agreementId: held.agreementId },
      body: { reason: 'we would like to go on' },
    };
    for (const by of ['emergency', provider, 'eitc'])
      expect(await city.as(by).ask(routes.resumeAgreement, resumption)).toMatchObject({
        status: 409,
        problem: { code: 'not-suspended-by-you' },
      });
  });

  await step('the filing of its amendment lifts that, and the newest data arrive', async () => {
    const amended = await amend(agreed.emergency, ['code', 'capital']);
    expect(amended).toMatchObject({ state: 'active', termsVersion: 2, resourceVersion: 2, suspensions: [] });
    expect(amended.outdated).toBeUndefined();
    expect(await textsOf('emergency')).toEqual([
      { content: 'snapshot', termsVersion: 2, text: 'code,capital\nE1,100万\nE2,\n' },
    ]);
    // What was delivered under other terms is not theirs to fetch any more.
    expect((await contentOf('emergency', fetched)).status).toBe(409);
  });
}
