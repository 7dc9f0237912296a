import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { isLong } from '../support/long.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { csvOf, legalEntities } from '../support/legal-entities.ts';
const registrars = { commerce: ['1'], 'civil-affairs': ['2', '3'], establishment: ['4', '9'] } as const;
const consumers = departments
  .map(({ id }) => id as string)
  .filter(
    (id) =>
      id.startsWith('district-') ||
      [
        'tax',
        'social-security',
        'health',
        'housing',
        'planning',
        'culture',
        'press',
        'work-safety',
        'emergency',
        'public-security',
      ].includes(id),
  );
const divisionOf = (index: number) =>
  ['110101', '110102', '110105', '110106', '110107', '110108', '110109', '110111', '110112', '110113'][index % 10]!;

/** Those of both kinds of terms, and with either filter. */
const served = [...consumers.entries()].filter(([index]) => isLong || index % 3 === 0);

/** Three registrars, one register, 28 departments and districts. */
export async function legalEntitiesForAll({ city }: Place): Promise<void> {
  const definition = JSON.parse(
    await readFile(new URL('../../schemas/catalog/legal-entities.json', import.meta.url), 'utf8'),
  ) as ResourceDefinition;
  const register = legalEntities(2_000);
  const damaged = register.map((row) => ({ ...row }));

  await step('the three registrars publish what they register, and quality receives it by agreement', async () => {
    const merged: string[] = [];
    for (const [registrar, types] of Object.entries(registrars)) {
      const resourceId = `registrations-${registrar}`;
      await city.publish(registrar, resourceId, { ...definition, provider: registrar });
      await city.agree('quality', registrar, resourceId, { fields: definition.schema.fields.map(({ name }) => name) });
      const own = register.filter(({ org_type }) => (types as readonly string[]).includes(org_type));
      expect(await city.upload(registrar, resourceId, csvOf(own))).toMatchObject({
        state: 'accepted',
        rows: { accepted: own.length, rejected: 0 },
      });
    }
    for (const { text, notice } of await city.receive('quality', 3)) {
      expect(Object.keys(registrars)).toContain(notice.provider);
      merged.push(...text.trimEnd().split('\n').slice(1));
    }
    expect(merged.toSorted()).toEqual(csvOf(register).trimEnd().split('\n').slice(1).toSorted());
  });

  await step('departments and districts agree on their own fields and rows', async () => {
    expect(consumers).toHaveLength(28);
    await city.publish('quality', 'legal-entities', definition);
    const terms = (index: number) => ({
      fields: index % 2 === 0 ? ['org_code', 'name', 'division'] : ['name', 'phone', 'org_code', 'capital'],
      filter:
        index < 20
          ? [{ field: 'division', op: 'eq', value: divisionOf(index) }]
          : [{ field: 'capital', op: 'min', value: 50_000 }],
      mask: index % 2 === 0 ? {} : { phone: 'last4' },
    });
    for (const [index, consumer] of served) await city.agree(consumer, 'quality', 'legal-entities', terms(index));
  });

  await step(
    'rows with a wrong code, date or currency come back with line, field and rule; the others go out',
    async () => {
      damaged[9]!.org_code = damaged[9]!.org_code.replace(/.$/, (digit) => (digit === '7' ? '8' : '7'));
      damaged[19]!.registration_no = damaged[19]!.registration_no.replace(/.$/, (digit) => (digit === '7' ? '8' : '7'));
      damaged[29]!.approved_on = '2008-02-30';
      damaged[39]!.currency = 'RMB';
      damaged[49]!.phone = '12a4567890';
      const verdict = await city.upload('quality', 'legal-entities', csvOf(damaged));
      expect(verdict).toMatchObject({ state: 'accepted', rows: { read: 2_000, accepted: 1_995, rejected: 5 } });
      const report = await (await fetch(verdict.report!.url)).text();
      const rows = report
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 4).join(','));
      expect(rows).toEqual([
        '11,1,org_code,gb11714',
        '21,12,registration_no,gb32100',
        '31,9,approved_on,type',
        '41,10,currency,enum',
        '51,7,phone,pattern',
      ]);
      expect(report).not.toContain(damaged[49]!.phone);
      expect(report).toContain('2008-02-30');
    },
  );

  await step('each consumer finds exactly its fields and rows in its own mailbox', async () => {
    const good = damaged.filter((_, index) => ![9, 19, 29, 39, 49].includes(index));
    for (const [index, consumer] of served) {
      const rows =
        index < 20
          ? good.filter(({ division }) => division === divisionOf(index))
          : good.filter(({ capital }) => Number(capital) >= 50_000);
      const expected =
        index % 2 === 0
          ? csvOf(rows, ['org_code', 'name', 'division'])
          : csvOf(
              rows.map((row) => ({ ...row, phone: `****${row.phone.slice(-4)}` })),
              ['name', 'phone', 'org_code', 'capital'],
            );
      const [delivered] = await city.receive(consumer);
      expect({ consumer, text: delivered!.text }).toEqual({ consumer, text: expected });
    }
  });
}
