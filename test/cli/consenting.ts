import { routes } from '../../clients/protocol/routes.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { Recording } from './recording.ts';
import { Terminal } from './terminal.ts';

const field = (name: string, title: string) => ({ name, title, type: 'string', sensitivity: 'public' });
const register = (provider: string, title: string, fields: readonly object[]) => ({
  title,
  provider,
  shareType: 'unconditional',
  updateCycle: 'irregular',
  schema: { primaryKey: [(fields[0] as { name: string }).name], fields },
});
const trees = [field('tree', '编号'), field('street', '街道'), field('kind', '树种')];
const derived = {
  ...register('urban-management', '各街道树木', [field('street', '街道'), field('kind', '主要树种')]),
  derivation: {
    inputs: { trees: { resourceId: 'trees' } },
    sql: 'SELECT street, max(kind) AS kind FROM trees GROUP BY street',
  },
};

/**
 * A department whose fields a derived resource grants is asked, consents, objects and consents again, with what it types and sees,
 * in both languages; the parties see what that does to their agreement.
 */
export async function consenting({ hub, city }: Place): Promise<void> {
  await city.publish('landscaping', 'trees', register('landscaping', '行道树', trees));
  await city.agree('urban-management', 'landscaping', 'trees', {
    fields: ['tree', 'street', 'kind'],
    reshare: 'consent',
  });
  await city.publish('urban-management', 'trees-by-street', derived);
  const terminal = await Terminal.beside(hub);
  const screen = new Recording(terminal);
  const recorded = (name: string) => screen.matches(`consent-${name}`, { deadlines: true });
  const stateOf = async (agreementId: string) =>
    (await city.as('surveying').call(routes.readAgreement, { params: { agreementId } })).state;
  let id = '';

  await step('both parties sign, and it cannot be filed before its source consents', async () => {
    await screen.type(
      'surveying',
      "agreements propose trees-by-street --fields street,kind --from 2026-01-01 --until 2099-12-31 --purpose 测绘底图 --basis '测绘法 第八条' --security 专网存放",
    );
    const { items } = await city.as('surveying').call(routes.listAgreements, {});
    id = items.find(({ resourceId }) => resourceId === 'trees-by-street')!.agreementId;
    await screen.type('urban-management', `agreements accept ${id}`);
    await screen.type('surveying', `agreements sign ${id}`);
    await screen.type('urban-management', `agreements sign ${id}`);
    await screen.type('eitc', `agreements file ${id} --number BJ-2026-0077`, 1);
    await recorded('1-asked');
  });

  await step('its source finds what it is asked, sees what concerns it and nothing else, and consents', async () => {
    await hub.advance(61);
    await eventually(
      () => city.as('landscaping').call(routes.listDuties, { query: { side: 'own', duty: 'consent' } }),
      ({ items }) => items.length > 0,
    );
    await screen.type('landscaping', 'duties --own --duty consent');
    await screen.type('landscaping', '--lang zh duties --own --duty consent');
    await screen.type('press', `agreements consent ${id} trees-by-street`, 1);
    await screen.type('landscaping', `agreements consent ${id} trees-by-street --digest ${'A'.repeat(43)}=`, 1);
    await screen.type('landscaping', `agreements consent ${id} trees-by-street`);
    await screen.type('eitc', `agreements file ${id} --number BJ-2026-0077`);
    await recorded('2-consented');
  });

  await step('it objects to terms in force: they are suspended until it consents again', async () => {
    await screen.type('landscaping', `--lang zh agreements object ${id} trees-by-street --reason 树种数据更正中`);
    await eventually(
      () => stateOf(id),
      (state) => state === 'suspended',
    );
    await screen.type('surveying', `--lang zh agreements show ${id}`);
    await screen.type('landscaping', `--lang zh agreements consent ${id} trees-by-street`);
    await eventually(
      () => stateOf(id),
      (state) => state === 'active',
    );
    await screen.type('surveying', `agreements show ${id}`);
    await screen.type('landscaping', `agreements object ${'0'.repeat(26)} trees-by-street --reason no`, 1);
    await recorded('3-objected');
  });
  await terminal.close();
}
