import { expect } from '@jest/globals';
import type { Body } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const [projects, sales, crossed] = ['housing-projects', 'presale-contracts', 'presales-at-85'];

const definition = (provider: string, title: string, fields: readonly object[], more: object = {}) => ({
  title,
  provider,
  shareType: 'unconditional',
  updateCycle: 'irregular',
  schema: { primaryKey: [(fields[0] as { name: string }).name], fields },
  ...more,
});
const project = { name: 'project', title: '项目编号', type: 'string' };
const units = { name: 'units', title: '套数', type: 'integer' };

const ofProjects = definition('housing', '预售项目', [project, units]);
const ofSales = definition('commerce', '预售合同', [
  { name: 'contract', title: '合同编号', type: 'string' },
  project,
  { name: 'buyer', title: '买受人', type: 'string', sensitivity: 'personal' },
]);
const derivation = {
  inputs: { projects: { resourceId: projects }, sales: { resourceId: sales } },
  sql: `SELECT p.project, p.units FROM projects p
WHERE (SELECT count(*) FROM sales s WHERE s.project = p.project) >= 0.85 * p.units`,
  notify: 'entering',
};
const ofCrossed = definition('housing', '销售过八成五的项目', [project, units], { derivation });

/** So many contracts of each project, nobody's name but their number. */
const contracts = (sold: Readonly<Record<string, number>>): string =>
  [
    'contract,project,buyer',
    ...Object.entries(sold).flatMap(([of, count]) =>
      Array.from({ length: count }, (_, index) => `${of}-${index + 1},${of},买受人${index + 1}`),
    ),
    '',
  ].join('\n');

/** A project whose sales pass 85 % is in the tax office's mailbox once, when it crosses (scenario 6). */
export async function housingTax({ city }: Place): Promise<void> {
  const ofDerived = { params: { resourceId: crossed } };
  const run = () => city.as('housing').ask(routes.readDerivation, ofDerived);
  const runIs = (state: string) => eventually(run, (reply) => reply.ok && reply.body.state === state);
  const publish = (body: object) =>
    city.as('housing').ask(routes.publishResource, { ...ofDerived, body: body as Body<'publishResource'> });
  let source: string;

  await step('without an agreement that lets it be shared, nothing is derived of the contracts', async () => {
    await city.publish('housing', projects, ofProjects);
    await city.publish('commerce', sales, ofSales);
    const rules = (problemOf(await publish(ofCrossed)).violations ?? []).map(({ rule }) => rule);
    expect(rules).toEqual(['not-granted']);
  });

  await step('with one, of the fields that it needs, the office derives what crosses', async () => {
    const terms = { fields: ['contract', 'project'], reshare: 'derived' };
    source = (await city.agree('housing', 'commerce', sales, terms)).agreementId;
    expect((await publish(ofCrossed)).ok).toBe(true);
    await city.agree('tax', 'housing', crossed, { fields: ['project', 'units'] });
  });

  await step('a project comes once, when it crosses', async () => {
    await city.upload('housing', projects, 'project,units\nP1,20\nP2,10\n');
    await city.upload('commerce', sales, contracts({ P1: 16, P2: 1 }));
    await runIs('unchanged');
    await city.upload('commerce', sales, contracts({ P1: 17, P2: 1 }));
    expect((await city.receive('tax')).map(({ text }) => text)).toEqual(['project,units\nP1,20\n']);
    await city.upload('commerce', sales, contracts({ P1: 20, P2: 9 }));
    expect((await city.receive('tax')).map(({ text }) => text)).toEqual(['project,units\nP2,10\n']);
    await city.upload('commerce', sales, contracts({ P1: 20, P2: 10 }));
    await runIs('unchanged');
    expect((await city.as('tax').call(routes.listDeliveries, { query: {} })).items).toHaveLength(2);
  });

  await step('what stops without the contracts is known before they are withdrawn, to whom it concerns', async () => {
    const sent = { ...ofDerived, query: { without: source as never } };
    const known = await Promise.all(
      ['housing', 'commerce', 'eitc', 'tax', 'press'].map(
        async (as) => (await city.as(as).ask(routes.readImpact, sent)).ok,
      ),
    );
    expect(known).toEqual([true, true, true, false, false]);
    expect(await city.as('commerce').call(routes.readImpact, sent)).toMatchObject({
      outcome: 'ends',
      because: 'records',
      agreements: [{ consumer: 'tax', fields: ['project', 'units'] }],
      contentStops: true,
    });
    const lineage = await city.as('commerce').call(routes.readLineage, ofDerived);
    expect(Object.keys(lineage.inputs)).toEqual(['sales']);
  });

  await step('then they are: nothing is made any more, and what was delivered cannot be fetched', async () => {
    const params = { agreementId: source as never };
    await city.as('commerce').call(routes.suspendAgreement, { params, body: { reason: '合同系统核查' } });
    await runIs('stopped');
    const [newest] = (await city.as('tax').call(routes.listDeliveries, { query: {} })).items.toReversed();
    const refused = await city.as('tax').ask(routes.readContent, { params: { deliveryId: newest!.deliveryId } });
    expect(problemOf(refused).code).toBe('agreement-not-active');
  });
}
