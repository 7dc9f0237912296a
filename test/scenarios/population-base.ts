import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import { usual } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { population, populationCsv, populationDefinition, type PersonRow } from '../support/population-register.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';
const resourceId = 'population';
const duties = { security: 'in-house network, named officers' };

interface Agreed {
  readonly fields: readonly string[];
  readonly terms?: object;
  readonly rows?: (row: PersonRow) => boolean;
  readonly masked?: readonly string[];
}

/** Each consumer with its own duties: what it asks for and no more. */
const agreed: Readonly<Record<string, Agreed>> = {
  'social-security': {
    fields: ['id_no', 'name', 'born', 'died_on', 'employer'],
    terms: { duties },
  },
  commerce: {
    fields: ['id_no', 'name', 'household_address', 'firm_code', 'firm_role', 'property_no'],
    terms: { duties, mask: { household_address: 'last4', property_no: 'last4' } },
    masked: ['household_address', 'property_no'],
  },
  'court-shijingshan': {
    fields: ['id_no', 'name', 'residence_address', 'marital_status'],
    terms: {
      duties,
      justification: { marital_status: '民事诉讼法: joint property is seized with the spouse’s share spared' },
    },
  },
  'district-dongcheng': {
    fields: ['name', 'residence_address', 'relief_type', 'volunteer_skill', 'grid_code'],
    terms: { duties, filter: [{ field: 'household_division', op: 'eq', value: '110101' }] },
    rows: ({ household_division: division }) => division === '110101',
  },
  surveying: {
    fields: ['grid_code', 'plot_code', 'community_code', 'household_division'],
  },
};

/** The register of the population: five agreements, each with its own subset of 89 fields. */
export async function populationInSubsets({ city }: Place): Promise<void> {
  const register = population(400);
  await city.publish('public-security', resourceId, populationDefinition);

  await step(
    'the register has 25 classes and 89 fields from 13 departments, each field with its own provider and sensitivity',
    async () => {
      const { definition } = await city.as('tax').call(routes.readResource, { params: { resourceId } });
      const { fields } = definition.schema;
      expect(fields).toHaveLength(89);
      expect(new Set(fields.map(({ group }) => group)).size).toBe(25);
      expect(new Set(fields.map(({ provider }) => provider)).size).toBe(13);
      const byName = new Map(fields.map((field) => [field.name, field]));
      expect(byName.get('spouse_id_no')).toMatchObject({ provider: 'civil-affairs', sensitivity: 'sensitive' });
      expect(byName.get('passport_no')).toMatchObject({ provider: 'public-security', shareType: 'refused' });
      expect(byName.get('grid_code')).toMatchObject({ provider: 'planning', shareType: 'unconditional' });
    },
  );

  await step('agreements are concluded, each on its own fields, rows and masks', async () => {
    for (const [consumer, { fields, terms }] of Object.entries(agreed))
      expect(await city.agree(consumer, 'public-security', resourceId, { fields, ...terms })).toMatchObject({
        state: 'active',
      });
  });
  await step('each consumer sees its own subset of one upload, and nothing of the other 80 fields', async () => {
    const verdict = await city.upload('public-security', resourceId, populationCsv(register));
    expect(verdict).toMatchObject({ state: 'accepted', rows: { accepted: register.length, rejected: 0 } });
    for (const [consumer, { fields, rows = () => true, masked = [] }] of Object.entries(agreed)) {
      const [delivered] = await city.receive(consumer);
      const hidden = (row: PersonRow) => ({
        ...row,
        ...Object.fromEntries(masked.map((field) => [field, `****${(row[field] ?? '').slice(-4)}`])),
      });
      const expected = populationCsv(register.filter(rows).map(hidden), fields);
      expect({ consumer, text: delivered!.text }).toEqual({ consumer, text: expected });
    }
  });

  const propose = (consumer: string, terms: object) =>
    city.as(consumer).ask(routes.proposeAgreement, {
      body: {
        resourceId,
        terms: usual(terms),
      },
    });

  for (const [what, terms, path, rule] of [
    [
      'with a field that is not shared',
      { fields: ['id_no', 'passport_no'], duties },
      '/terms/fields/1',
      'sharing-refused',
    ],
    [
      'with one of another department that is not shared, masked or not',
      { fields: ['id_no', 'adoption_no'], mask: { adoption_no: 'hide' }, duties },
      '/terms/fields/1',
      'sharing-refused',
    ],
    [
      'with a sensitive field, neither masked nor justified',
      { fields: ['name', 'blood_type'], duties },
      '/terms/fields/1',
      'mask-or-justify',
    ],
    [
      'with personal fields and no word on how they are kept',
      { fields: ['id_no', 'name'] },
      '/terms/duties/security',
      'security-required',
    ],
  ] as const)
    await step(`terms are refused ${what}`, async () => {
      const problem = problemOf(await propose('health', terms));
      expect(problem).toMatchObject({ status: 422, code: 'invalid-terms' });
      expect(problem.violations).toContainEqual(expect.objectContaining({ path, rule }));
    });
  await step('they are refused by nothing else: the same without that field are proposed', async () => {
    expect((await propose('health', { fields: ['id_no', 'name', 'birth_hospital'], duties })).status).toBe(201);
  });
}
