import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { Terminal } from './terminal.ts';

const field = (name: string, more: object = {}) => ({ name, type: 'string', ...more });
const register = (provider: string, title: string, fields: readonly object[]) => ({
  title,
  provider,
  shareType: 'unconditional',
  updateCycle: 'irregular',
  schema: { primaryKey: [(fields[0] as { name: string }).name], fields },
});
const sql = `SELECT s.shop, s.area, count(i.inspection) AS inspections, min(i.inspector) AS inspector
FROM shops s LEFT JOIN inspections i ON i.shop = s.shop
GROUP BY s.shop, s.area`;
const definition = (statement = sql, more: object = {}) => ({
  ...register('press', '书店检查情况', [
    field('shop'),
    field('area'),
    { name: 'inspections', type: 'integer' },
    field('inspector', { sensitivity: 'personal' }),
  ]),
  derivation: {
    inputs: { shops: { resourceId: 'preview-shops' }, inspections: { resourceId: 'preview-inspections' } },
    sql: statement,
  },
  ...more,
});

/** What an owner sees of a derived resource before it is one: its statement on its own data, and what it inherits. */
export async function deriving({ city }: Place): Promise<void> {
  const press = await Terminal.beside(city.hub, 'press');
  const file = (name: string, content: object) => press.file(name, JSON.stringify(content));
  try {
    await step('without an agreement the preview is refused as the publication is', async () => {
      await city.publish('press', 'preview-shops', register('press', '书店', [field('shop'), field('area')]));
      const fields = [field('inspection'), field('shop'), field('inspector', { sensitivity: 'personal' })];
      await city.publish('culture', 'preview-inspections', register('culture', '检查记录', fields));
      await file('shops-inspected.json', definition());
      const refused = await press.hub('derive preview shops-inspected.json');
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('not-granted')]);
    });

    await step('with one it runs here, on a file and on what was delivered, masked as it came', async () => {
      const terms = { fields: ['inspection', 'shop', 'inspector'], mask: { inspector: 'first1' }, reshare: 'consent' };
      await city.agree('press', 'culture', 'preview-inspections', {
        ...terms,
        duties: { disposal: { retainDays: 30 }, security: '专网' },
      });
      await city.upload(
        'culture',
        'preview-inspections',
        'inspection,shop,inspector\n1,A,张三丰\n2,A,李四\n3,C,王五\n',
      );
      await city.receive('press');
      await press.file('shops.csv', 'shop,area\nA,西城\nB,东城\n,无名\n');
      const shown = await press.hub('derive preview shops-inspected.json --input shops=shops.csv');
      expect(shown).toMatchObject({ code: 0 });
      expect(shown.out).toMatch(/shops\s+preview-shops\s+shops\.csv\s+2\s+1/);
      expect(shown.out).toMatch(/inspections\s+preview-inspections\s+delivery\s+3\s+0/);
      expect(shown.out).toContain('2 records');
      expect(shown.out).toMatch(/A\s+西城\s+2\s+张\*\*/);
      expect(shown.out).toMatch(/inspector\s+preview-inspections\.inspector \(as it is\).*personal\s+first1\s+30/);
      const { code, out } = await press.hub('--json derive preview shops-inspected.json --input shops=shops.csv');
      expect(code).toBe(0);
      const told = JSON.parse(out) as { head: object[]; fields: { field: string; inherits: object }[] };
      expect(told.head).toEqual([
        { shop: 'A', area: '西城', inspections: '2', inspector: '张**' },
        { shop: 'B', area: '东城', inspections: '0', inspector: null },
      ]);
      expect(told.fields.find((one) => one.field === 'inspector')?.inherits).toMatchObject({
        sensitivity: { value: 'personal' },
        reshare: { value: 'consent' },
        retainDays: { value: 30 },
        consent: ['culture'],
      });
      expect(
        await city.as('press').ask(routes.readResource, { params: { resourceId: 'shops-inspected' } }),
      ).toMatchObject({ status: 404 });
    });

    await step('what is not allowed is told with its place, and what has no records by its input', async () => {
      await file('wrong.json', definition(`${sql}\nHAVING random() > 0.5`));
      const wrong = await press.hub('derive preview wrong.json --input shops=shops.csv');
      expect([wrong.code, wrong.err]).toEqual([1, expect.stringMatching(/line 4, column \d+/)]);
      const none = await press.hub('derive preview shops-inspected.json');
      expect([none.code, none.err]).toEqual([1, expect.stringContaining('--input shops=FILE')]);
      await file('uploaded.json', register('press', '书店', [field('shop')]));
      expect((await press.hub('derive preview uploaded.json')).err).toContain('no derivation');
    });

    await step('published it is what it was here, with its lineage on the screen before', async () => {
      const { code, out, err } = await press.hub('derive publish shops-inspected.json');
      expect([code, out]).toEqual([0, expect.stringContaining('version 1')]);
      expect(`${err}${out}`).toMatch(/inspector\s+preview-inspections\.inspector/);
      const { fields } = await city.as('press').call(routes.readLineage, { params: { resourceId: 'shops-inspected' } });
      expect(fields.map((one) => one.field)).toEqual(['shop', 'area', 'inspections', 'inspector']);
    });
  } finally {
    await press.close();
  }
}
