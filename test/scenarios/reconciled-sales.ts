import { expect } from '@jest/globals';
import type { Body } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Comparison } from '../../schemas/contracts/comparisons.ts';
import { inMinutes } from '../support/in-minutes.ts';
import type { Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const [sales, paid] = ['sales-to-reconcile', 'deed-tax-paid'];

const definition = (provider: string, title: string, fields: readonly string[], more: object = {}) => ({
  title,
  provider,
  shareType: 'conditional',
  shareCondition: 'for reconciliation',
  updateCycle: 'irregular',
  schema: {
    primaryKey: ['contract'],
    fields: fields.map((name) => ({ name, title: name, type: 'string', sensitivity: 'internal' })),
  },
  ...more,
});

const salesCsv = (rows: Readonly<Record<string, string>>): string =>
  ['contract,price', ...Object.entries(rows).map(([contract, price]) => `${contract},${price}`), ''].join('\n');
const paidCsv = (rows: Readonly<Record<string, readonly [price: string, on: string]>>): string =>
  ['contract,price,paid_on', ...Object.entries(rows).map(([id, [price, on]]) => `${id},${price},${on}`), ''].join('\n');

/**
 * The office that registers sales has them compared with the deed tax that was paid (scenario 6): it sends no list, and what
 * comes is what is new, changed or gone: the unpaid, and those that have been paid since.
 */
export async function salesReconciled(at: Place): Promise<void> {
  const { city } = at;
  const office = city.as('commerce');
  await city.publish('commerce', sales, definition('commerce', '商品房销售登记', ['contract', 'price']));
  await city.publish(
    'tax',
    paid,
    definition('tax', '契税完税', ['contract', 'price', 'paid_on'], { modes: ['comparison'] }),
  );
  await city.upload('commerce', sales, salesCsv({ S1: '100', S2: '200', S3: '300' }));
  await city.upload('tax', paid, paidCsv({ S1: ['100', '2026-05-01'], S2: ['180', '2026-05-02'] }));
  const { agreementId } = await city.agree('commerce', 'tax', paid, {
    mode: 'comparison',
    kinds: ['verify'],
    key: ['contract'],
    compare: ['price'],
    fields: ['paid_on'],
    maxList: 1000,
    runsPerDay: 20,
    duties: { security: 'in-house network, named officers' },
  });
  const body = { agreementId, kind: 'verify', list: { resourceId: sales }, every: 'on-arrival' };
  const order = (as: string, more: object = {}) =>
    city.as(as).ask(routes.orderReconciliation, { body: { ...body, ...more } as Body<'orderReconciliation'> });

  const reconciliationId = await step('it orders its own resource to be compared, and nobody else’s', async () => {
    const problem = problemOf(await order('commerce', { list: { resourceId: paid } }));
    expect(problem).toMatchObject({ status: 422, violations: [{ path: '/list/resourceId', rule: 'not-provided' }] });
    expect(problemOf(await order('tax')).code).toBe('not-the-consumer');
    expect(problemOf(await order('press')).status).toBe(404);
    const reply = await order('commerce');
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return reply.body.reconciliationId;
  });
  const runs = async (as = 'commerce'): Promise<readonly Comparison[]> =>
    (await city.as(as).call(routes.listComparisons, { query: { reconciliationId } })).items.toReversed();
  const ended = (count: number) => (of: readonly Comparison[]) =>
    of.length === count && of.every(({ state }) => state === 'done');
  const told = async (): Promise<readonly string[]> =>
    (await city.receive('commerce')).flatMap(({ text }) => text.trimEnd().split('\n'));
  const header = '_change,contract,price,_result,_differs,paid_on';

  await step('the first result has all rows', async () => {
    await inMinutes(at, runs, ended(1));
    expect(await told()).toEqual([
      header,
      'new,S1,100,match,,2026-05-01',
      'new,S2,200,mismatch,price,',
      'new,S3,300,absent,,',
    ]);
  });
  await step('what was paid since, and what was sold since, is all that comes next', async () => {
    await city.upload('tax', paid, paidCsv({ S1: ['100', '2026-05-01'], S2: ['200', '2026-06-01'] }));
    await inMinutes(at, runs, ended(2));
    expect(await told()).toEqual([header, 'changed,S2,200,match,,2026-06-01']);
    await city.upload('commerce', sales, salesCsv({ S1: '100', S2: '200', S4: '400' }));
    await inMinutes(at, runs, ended(3));
    expect(await told()).toEqual([header, 'new,S4,400,absent,,', 'gone,S3,300,absent,,']);
  });
  await step('its provider sees the order and its runs, and of the list nothing', async () => {
    const [seen] = (await city.as('tax').call(routes.listReconciliations, { query: { agreementId } })).items;
    expect(seen).toMatchObject({ consumer: 'commerce', kind: 'verify', every: 'on-arrival' });
    const shown = JSON.stringify([seen, await runs('tax')]);
    expect(shown).not.toMatch(/listOf|changes|sales-to-reconcile|"list"/);
    expect((await runs('tax')).map((run) => run.state === 'done' && run.result)).toEqual([
      { hits: 1 },
      { hits: 2 },
      { hits: 2 },
    ]);
    const params = { reconciliationId };
    expect(problemOf(await city.as('press').ask(routes.readReconciliation, { params })).status).toBe(404);
    expect((await city.as('press').call(routes.listComparisons, { query: params })).items).toEqual([]);
  });
  await step('with the agreement it ends, and its consumer is told', async () => {
    await city.as('tax').call(routes.terminateAgreement, { params: { agreementId }, body: { reason: 'another way' } });
    const read = () => office.call(routes.readReconciliation, { params: { reconciliationId } });
    expect(await inMinutes(at, read, ({ state }) => state === 'ended')).toMatchObject({ end: 'agreement-over' });
    const notices = (await city.told('commerce')).filter(({ type }) => type === 'reconciliation');
    expect(notices).toMatchObject([{ event: 'ended', reconciliationId, end: 'agreement-over' }]);
  });
}
