import { expect } from '@jest/globals';
import { onTheTable } from '../../clients/protocol/on-the-table.ts';
import { settle } from '../../clients/protocol/parties.ts';
import type { Body, IdOf, Reply, Sent } from '../../clients/protocol/route-types.ts';
import { routes, type Called } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { RouteId } from '../../schemas/contracts/routes.ts';
import type { DeliveryTerms } from '../../schemas/contracts/terms.ts';
import { eventually } from '../support/city.ts';
import { today, type Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const resourceId = 'permits';
const definition = {
  title: '建设工程规划许可',
  titleEn: 'Planning permits',
  description: 'Permits with their holders.',
  provider: 'planning',
  shareType: 'conditional',
  shareCondition: '履行法定职责需要',
  updateCycle: 'irregular',
  schema: {
    primaryKey: ['permit_no'],
    fields: [
      { name: 'permit_no', title: '许可证号', type: 'string', sensitivity: 'public' },
      { name: 'project', title: '项目名称', type: 'string' },
      { name: 'district', title: '行政区划', type: 'string' },
      { name: 'area', title: '建筑面积', type: 'integer' },
      { name: 'phone', title: '联系电话', type: 'string', sensitivity: 'personal' },
    ],
  },
};
const dataset = (...rows: readonly string[]) => ['permit_no,project,district,area,phone', ...rows, ''].join('\n');
const first = dataset('P1,长安商厦,110102,1200,13811110001', 'P2,朝阳广场,110105,900,13811110002');
const second = dataset('P1,长安商厦,110102,1300,13811110001', 'P3,西单大厦,110102,700,13811110003');
const third = dataset('P3,西单大厦,110102,750,13811110003');

/** Two departments and all that can happen between them (scenario 5). */
export async function sharingPair(place: Place): Promise<void> {
  const { city } = place;
  await city.publish('planning', resourceId, definition);
  let demandId: string;
  let agreementId: string;

  type Step = IdOf<{ readonly method: 'POST'; readonly response: typeof Agreement }>;
  const sent = (body: unknown) => ({ params: { agreementId }, body }) as never;
  const read = (as = 'tax') => city.as(as).call(routes.readAgreement, { params: { agreementId } });
  const act = <Id extends Step>(as: string, step: Called<Id>, body: Body<Id>): Promise<Agreement> =>
    city.as(as).call(step, sent(body));
  /** Status and code of what is refused. */
  async function refusal<Id extends RouteId>(as: string, route: Called<Id>, sent: Sent<Id>): Promise<string> {
    const { status, code } = problemOf((await city.as(as).ask(route, sent)) as Reply<RouteId>);
    return `${status} ${code}`;
  }
  const refused = <Id extends Step>(as: string, step: Called<Id>, body: Body<Id>) => refusal(as, step, sent(body));
  const signature = (agreement: Agreement) => {
    const { termsVersion, termsDigest } = onTheTable(agreement);
    return { termsVersion, termsDigest };
  };
  const owed = async (as = 'tax') =>
    (await city.as(as).call(routes.readAgreementDuties, { params: { agreementId } })).items.map(
      ({ by, duty }) => `${by} ${duty}`,
    );
  const parties = () => ({ consumer: city.as('tax'), provider: city.as('planning'), authority: city.as('eitc') });

  /** What a department was told so far of the agreement and the demand. */
  async function told(department: string): Promise<string[]> {
    return (await city.told(department))
      .filter((notice) => notice.type === 'agreement' || notice.type === 'demand')
      .filter((notice) =>
        notice.type === 'agreement' ? notice.agreementId === agreementId : notice.demandId === demandId,
      )
      .toSorted((one, other) => one.at.localeCompare(other.at))
      .map(({ event, by }) => [by, event].filter(Boolean).join(' '));
  }
  const toldUntil = (department: string, last: string) =>
    eventually(
      () => told(department),
      (events) => events.includes(last),
    );

  const deliveries = async () => (await city.as('tax').call(routes.listDeliveries, { query: { agreementId } })).items;

  /** What comes until the newest dataset has: others that waited may come before it. */
  async function receivedUntil(text: string): Promise<void> {
    let received: string | undefined;
    while (received !== text) received = (await city.receive('tax'))[0]?.text;
  }

  await step('tax states what it needs; the catalog answers, and planning is told', async () => {
    const stated = await city.as('tax').call(routes.stateDemand, {
      body: {
        title: '规划许可信息',
        fields: [{ name: '许可证号' }, { name: '建筑面积' }],
        from: ['planning'],
        purpose: '核定契税',
        legalBasis: '税收征收管理法 第六条',
      },
    });
    demandId = stated.demandId;
    const { items } = await city.as('tax').call(routes.listMatches, { params: { demandId } });
    expect(items[0]).toMatchObject({ resourceId, provider: 'planning' });
    expect(await refusal('housing', routes.readDemand, { params: { demandId } })).toBe('404 not-found');
    await toldUntil('planning', 'tax stated');
  });

  await step('one call turns the demand into a drafted agreement, which tax proposes', async () => {
    const draft = await city.as('tax').call(routes.draftAgreement, {
      params: { demandId },
      body: {
        resourceId,
        terms: {
          fields: ['permit_no', 'project', 'area', 'phone'],
          filter: [{ field: 'district', op: 'eq', value: '110102' }],
          frequency: 'on-arrival',
          validFrom: '2020-01-01',
          validTo: '2099-12-31',
          duties: { security: '专网存放，专人管理', disposal: { retainDays: 90 } },
        },
      },
    });
    expect(draft).toMatchObject({ resourceId, demandId, terms: { purpose: '核定契税' } });
    const proposed = await city.as('tax').call(routes.proposeAgreement, { body: draft });
    ({ agreementId } = proposed);
    expect(proposed).toMatchObject({ state: 'proposed', consumer: 'tax', provider: 'planning', demandId });
    expect((await city.as('tax').call(routes.readDemand, { params: { demandId } })).state).toBe('negotiating');
    expect(await owed()).toEqual(['planning reply-to-request']);
  });

  await step('planning answers with other terms: edits instead of the whole, weekly, a field less', async () => {
    const { terms } = await read();
    expect(await refused('tax', routes.acceptAgreement, { termsVersion: 1 })).toBe('422 own-proposal');
    expect(await refused('housing', routes.counterAgreement, { terms: terms[0]!.terms })).toBe('404 not-found');
    expect(await refused('eitc', routes.counterAgreement, { terms: terms[0]!.terms })).toBe('403 not-a-party');
    const other = {
      ...terms[0]!.terms,
      fields: ['permit_no', 'project', 'area'],
      content: 'changes',
      frequency: 'weekly',
    } as const;
    const unknown = { ...other, fields: ['permit_no', 'price'] };
    expect(await refused('planning', routes.counterAgreement, { terms: unknown })).toBe('422 invalid-terms');
    const countered = await act('planning', routes.counterAgreement, { terms: other });
    expect(countered).toMatchObject({ state: 'proposed', termsVersion: 2 });
    const { items } = await city
      .as('tax')
      .call(routes.compareTerms, { params: { agreementId }, query: { from: 1, to: 2 } });
    expect(items.map(({ path: where, kind }) => `${kind} ${where}`).toSorted()).toEqual([
      'changed /terms/content',
      'changed /terms/frequency',
      'removed /terms/fields/3',
    ]);
    expect(await owed()).toEqual(['tax reply-to-request']);
  });

  await step('tax comments and offers a middle way, which planning accepts as it read it', async () => {
    await act('tax', routes.commentOnAgreement, { text: '契税按日核定，每周一次太少' });
    const { terms } = await read();
    await act('tax', routes.counterAgreement, {
      terms: { ...(terms[1]!.terms as DeliveryTerms), content: 'snapshot', frequency: 'on-arrival' },
    });
    expect(await refused('planning', routes.acceptAgreement, { termsVersion: 2 })).toBe('409 terms-changed');
    expect(await refused('tax', routes.signAgreement, signature(await read()))).toBe('409 wrong-state');
    expect((await act('planning', routes.acceptAgreement, { termsVersion: 3 })).state).toBe('agreed');
    expect(await refused('planning', routes.acceptAgreement, { termsVersion: 3 })).toBe('409 wrong-state');
  });

  await step('both look at what would be delivered, and sign the digest of what they read', async () => {
    await city.upload('planning', resourceId, first);
    const preview = await city.as('tax').call(routes.previewTerms, { params: { agreementId }, query: { version: 3 } });
    expect(preview).toMatchObject({
      rows: 1,
      exact: true,
      fields: [{ name: 'permit_no' }, { name: 'project' }, { name: 'area' }],
    });
    expect(await refusal('eitc', routes.previewTerms, { params: { agreementId }, query: { version: 3 } })).toMatch(
      /^403/,
    );
    const agreed = await read();
    expect(await refused('eitc', routes.fileAgreement, { filingNumber: 'X' })).toBe('409 wrong-state');
    const otherDigest = { ...signature(agreed), termsDigest: agreed.terms[0]!.digest };
    expect(await refused('tax', routes.signAgreement, otherDigest)).toBe('409 digest-differs');
    await act('tax', routes.signAgreement, signature(agreed));
    expect(await refused('tax', routes.signAgreement, signature(agreed))).toBe('409 already-signed');
    expect((await owed()).toSorted()).toEqual(['planning first-delivery', 'planning sign']);
    expect((await act('planning', routes.signAgreement, signature(agreed))).state).toBe('signed');
  });

  await step('the authority files, and only then the data come', async () => {
    expect(await refused('planning', routes.fileAgreement, { filingNumber: 'X' })).toBe('403 role-not-permitted');
    expect(await refused('tax', routes.suspendAgreement, { reason: 'too early' })).toBe('409 wrong-state');
    expect(await refused('tax', routes.withdrawAmendment, { reason: 'nothing to withdraw' })).toBe('409 no-amendment');
    expect(await city.peek('tax', 1)).toEqual([]);
    expect((await act('eitc', routes.fileAgreement, { filingNumber: 'BJ-2026-0005' })).state).toBe('active');
    const [delivered] = await city.receive('tax');
    expect(delivered?.text).toBe('permit_no,project,area\nP1,长安商厦,1200\n');
    expect(delivered?.notice).toMatchObject({ termsVersion: 3, purpose: '核定契税' });
    await eventually(
      () => city.as('tax').call(routes.readDemand, { params: { demandId } }),
      ({ state }) => state === 'satisfied',
    );
  });

  await step('an amendment leaves the terms in force as they are, until it is filed', async () => {
    const { terms } = await read();
    const wider = { ...terms[2]!.terms, fields: ['permit_no', 'project', 'area', 'district'] };
    const amending = await act('tax', routes.counterAgreement, { terms: wider });
    expect(amending).toMatchObject({
      state: 'active',
      termsVersion: 3,
      amendment: { state: 'proposed', termsVersion: 4 },
    });
    expect(await refused('tax', routes.acceptAgreement, { termsVersion: 4 })).toBe('422 own-proposal');
    expect(await refused('eitc', routes.fileAgreement, { filingNumber: 'X' })).toBe('409 wrong-state');
    await city.upload('planning', resourceId, second);
    const [before] = await city.receive('tax');
    expect(before?.text).toBe('permit_no,project,area\nP1,长安商厦,1300\nP3,西单大厦,700\n');
    const filed = await settle(parties(), amending, 'BJ-2026-0005-A');
    expect(filed).toMatchObject({ state: 'active', termsVersion: 4, filingNumber: 'BJ-2026-0005-A' });
    expect(filed.amendment).toBeUndefined();
    const [after] = await city.receive('tax');
    expect(after?.text).toBe('permit_no,project,area,district\nP1,长安商厦,1300,110102\nP3,西单大厦,700,110102\n');
    expect(after?.notice.termsVersion).toBe(4);
    expect(await refusal('tax', routes.readContent, { params: { deliveryId: before!.notice.deliveryId } })).toMatch(
      /^409/,
    );
  });

  await step('two suspend it, each lifts its own, and nothing goes out meanwhile; then the newest does', async () => {
    await act('planning', routes.suspendAgreement, { reason: '系统改造' });
    expect(await refused('planning', routes.suspendAgreement, { reason: 'again' })).toBe('409 already-suspended');
    expect(await refused('tax', routes.resumeAgreement, { reason: 'not mine' })).toBe('409 not-suspended-by-you');
    expect(await refused('housing', routes.suspendAgreement, { reason: 'a stranger' })).toBe('404 not-found');
    const both = await act('eitc', routes.suspendAgreement, { reason: '安全检查' });
    expect(both.suspensions.map(({ holder, by }) => `${holder} ${by}`)).toEqual([
      'provider planning',
      'authority eitc',
    ]);
    await city.upload('planning', resourceId, dataset('P9,暂存,110102,1,13811110009'));
    await city.upload('planning', resourceId, third);
    expect(await city.peek('tax', 2)).toEqual([]);
    const [last] = (await deliveries()).toReversed();
    expect(await refusal('tax', routes.readContent, { params: { deliveryId: last!.deliveryId } })).toBe(
      '409 agreement-not-active',
    );
    expect(await act('planning', routes.resumeAgreement, { reason: '改造完成' })).toMatchObject({ state: 'suspended' });
    expect(await city.peek('tax', 2)).toEqual([]);
    expect((await act('eitc', routes.resumeAgreement, { reason: '检查完成' })).state).toBe('active');
    await receivedUntil('permit_no,project,area,district\nP3,西单大厦,750,110102\n');
  });

  await step('a dispute is opened, answered by the other party and decided by the authority', async () => {
    expect(await refused('planning', routes.answerDispute, { reason: 'about what' })).toBe('409 no-dispute');
    await act('tax', routes.openDispute, { reason: '更正申请两周未答复' });
    expect(await refused('planning', routes.openDispute, { reason: 'another' })).toBe('409 dispute-open');
    expect(await refused('tax', routes.answerDispute, { reason: 'myself' })).toBe('422 own-dispute');
    expect(await refused('planning', routes.decideDispute, { reason: 'myself' })).toBe('403 role-not-permitted');
    expect(await owed('planning')).toContain('planning answer-dispute');
    await act('planning', routes.answerDispute, { reason: '已在办理' });
    expect((await act('eitc', routes.decideDispute, { reason: '三日内答复' })).dispute?.state).toBe('decided');
  });

  await step('a termination ends it at once, and what is left is the statement of disposal', async () => {
    const statement = { method: 'deleted', disposedOn: await today(place), words: '数据库及备份均已删除' } as const;
    expect(await refused('tax', routes.stateDisposal, statement)).toBe('409 nothing-owed');
    const ended = await act('planning', routes.terminateAgreement, { reason: '并入工程建设项目审批系统' });
    expect(ended).toMatchObject({
      state: 'terminated',
      suspensions: [],
      disposal: { owedSince: statement.disposedOn },
    });
    const [last] = (await deliveries()).toReversed();
    expect(await refusal('tax', routes.readContent, { params: { deliveryId: last!.deliveryId } })).toBe(
      '409 agreement-not-active',
    );
    await city.upload('planning', resourceId, first);
    expect(await city.peek('tax', 2)).toEqual([]);
    expect(await owed()).toEqual(['tax disposal-statement']);
    const counter = { terms: ended.terms[3]!.terms };
    expect(await refused('tax', routes.counterAgreement, counter)).toBe('409 wrong-state');
    for (const step of [routes.suspendAgreement, routes.terminateAgreement, routes.openDispute])
      expect([step.id, await refused('tax', step, { reason: 'too late' })]).toEqual([step.id, '409 wrong-state']);
    expect(await refused('planning', routes.stateDisposal, statement)).toBe('403 not-the-consumer');
    expect(await refused('tax', routes.stateDisposal, { ...statement, disposedOn: '2020-01-01' })).toBe(
      '422 invalid-statement',
    );
    await act('tax', routes.stateDisposal, statement);
    expect(await refused('tax', routes.stateDisposal, statement)).toBe('409 already-stated');
    expect(await owed()).toEqual([]);
  });

  await step('every step of the others lay in the mailbox of each party, and the history has them all', async () => {
    expect(await toldUntil('planning', 'tax dispose')).toEqual([
      'tax stated',
      'tax propose',
      'tax comment',
      'tax counter',
      'tax sign',
      'eitc file',
      'tax counter',
      'tax sign',
      'eitc file',
      'eitc suspend',
      'eitc resume',
      'tax dispute',
      'eitc decide',
      'tax dispose',
    ]);
    expect(await toldUntil('tax', 'planning terminate')).toEqual([
      'planning counter',
      'planning accept',
      'planning sign',
      'eitc file',
      'planning accept',
      'planning sign',
      'eitc file',
      'planning suspend',
      'eitc suspend',
      'planning resume',
      'eitc resume',
      'planning answer',
      'eitc decide',
      'planning terminate',
    ]);
    expect((await read('auditor')).history.map(({ by, action }) => `${by} ${action}`)).toEqual([
      'tax propose',
      'planning counter',
      'tax comment',
      'tax counter',
      'planning accept',
      'tax sign',
      'planning sign',
      'eitc file',
      'tax counter',
      'planning accept',
      'tax sign',
      'planning sign',
      'eitc file',
      'planning suspend',
      'eitc suspend',
      'planning resume',
      'eitc resume',
      'tax dispute',
      'planning answer',
      'eitc decide',
      'planning terminate',
      'tax dispose',
    ]);
    expect(await refusal('housing', routes.readAgreement, { params: { agreementId } })).toBe('404 not-found');
  });
}
