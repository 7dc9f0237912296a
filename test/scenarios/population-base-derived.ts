import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryId } from '../../schemas/contracts/ids.ts';
import { eventually, usual } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { population, populationCsv, populationDefinition, type PersonRow } from '../support/population-register.ts';
import { step } from '../support/step.ts';

const resourceId = 'population-joined';
const owner = 'public-security';
const { fields: all } = populationDefinition.schema;
/** The twelve departments beside the owner. */
const others = [...new Set(all.map(({ provider }) => provider))].filter((provider) => provider !== owner);
const idNo = all.find(({ name }) => name === 'id_no')!;
/** What a department may hand on of its part; what nobody gets, it keeps. */
const partOf = (provider: string) =>
  all.filter((field) => field.provider === provider && field.shareType !== 'refused');
const nameOf = (provider: string) => provider.replaceAll('-', '_');
const idOf = (provider: string) => `population-of-${provider}`;

const definitionOf = (provider: string, fields: readonly object[]) => {
  const { themes: _themes, ...usual } = populationDefinition;
  return { ...usual, provider, schema: { primaryKey: ['id_no'], fields } };
};
/** Every department has the key of whom it knows. */
const columnsOf = (provider: string) => [idNo, ...partOf(provider).filter(({ name }) => name !== 'id_no')];
const definitionOfPart = (provider: string) =>
  definitionOf(
    provider,
    columnsOf(provider).map(({ provider: _provider, ...field }) => field),
  );

const joined = [owner, ...others].flatMap(partOf);
const definition = {
  ...definitionOf(owner, joined),
  derivation: {
    inputs: Object.fromEntries([owner, ...others].map((of) => [nameOf(of), { resourceId: idOf(of) }])),
    sql: `SELECT ${joined.map(({ name, provider }) => `${nameOf(provider)}.${name}`).join(', ')}
FROM ${nameOf(owner)}
${others.map((of) => `LEFT JOIN ${nameOf(of)} ON ${nameOf(of)}.id_no = ${nameOf(owner)}.id_no`).join('\n')}`,
    // Whose fields an agreement grants has to consent to it.
    consent: 'providers',
  },
};

const people = population(200);
/** A department knows some of the people only: which ones differs. */
const knownTo = (of: string): readonly PersonRow[] =>
  of === owner ? people : people.filter((_, index) => index % (others.indexOf(of) + 2) === 0);
const register = people.map((person) => {
  const of = new Set([owner, ...others].filter((each) => knownTo(each).includes(person)));
  return Object.fromEntries(joined.map(({ name, provider }) => [name, of.has(provider) ? person[name]! : '']));
});

interface Agreed {
  readonly fields: readonly string[];
  readonly terms: object;
  readonly rows: (row: PersonRow) => boolean;
  /** Whose fields these are, beside the owner's. */
  readonly sources: readonly string[];
}
const agreed: Readonly<Record<string, Agreed>> = {
  'court-shijingshan': {
    fields: ['id_no', 'name', 'marital_status', 'property_no'],
    terms: { justification: { marital_status: '民事诉讼法: joint property is seized with the spouse’s share spared' } },
    rows: () => true,
    sources: ['civil-affairs', 'housing'],
  },
  'district-dongcheng': {
    fields: ['name', 'relief_type', 'employer', 'grid_code'],
    terms: { filter: [{ field: 'household_division', op: 'eq', value: '110101' }] },
    rows: ({ household_division }) => household_division === '110101',
    sources: ['civil-affairs', 'planning', 'social-security'],
  },
};
const sorted = (csv: string) => csv.trimEnd().split('\n').toSorted();

/** The register of the population joined out of what departments keep themselves (scenario 13). */
export async function populationOfParts({ city }: Place): Promise<void> {
  const ofRegister = { params: { resourceId } };
  const received = new Map<string, DeliveryId>();

  await step('the departments let their parts be joined, by agreements', async () => {
    await Promise.all([owner, ...others].map((of) => city.publish(of, idOf(of), definitionOfPart(of))));
    await Promise.all(
      others.map((of) => {
        const fields = columnsOf(of);
        const delicate = fields.filter(({ sensitivity }) => sensitivity === 'sensitive');
        const justification = Object.fromEntries(
          delicate.map(({ name }) => [name, '政务数据共享条例: the base register']),
        );
        return city.agree(owner, of, idOf(of), {
          fields: fields.map(({ name }) => name),
          ...(delicate.length > 0 && { justification }),
          reshare: 'derived',
        });
      }),
    );
    await city.publish(owner, resourceId, definition);
  });

  await step(
    'each field has its own provider, sensitivity and share type, and the lineage says whose it is',
    async () => {
      const { fields } = await city.as(owner).call(routes.readLineage, ofRegister);
      expect(
        fields.map(({ field, from, inherits }) => ({
          field,
          from,
          providers: inherits?.providers,
          sensitivity: inherits?.sensitivity?.value,
          shareType: inherits?.shareType?.value,
        })),
      ).toEqual(
        joined.map(({ name, provider, sensitivity, shareType = 'conditional' }) => ({
          field: name,
          from: [{ input: nameOf(provider), field: name, how: 'copied' }],
          providers: [provider],
          sensitivity,
          shareType,
        })),
      );
      const ofPlanning = await city.as('planning').call(routes.readLineage, ofRegister);
      expect(Object.keys(ofPlanning.inputs)).toEqual(['planning']);
      expect(ofPlanning.fields.map(({ field }) => field)).toEqual(partOf('planning').map(({ name }) => name));
      expect((await city.as('landscaping').ask(routes.readLineage, ofRegister)).status).toBe(404);
      const { definition: shown } = await city.as('landscaping').call(routes.readResource, ofRegister);
      expect(shown).not.toHaveProperty('derivation');
      expect(shown.schema.fields.map(({ name, provider }) => [name, provider])).toEqual(
        joined.map(({ name, provider }) => [name, provider]),
      );
    },
  );

  const signed = new Map<string, Agreement>();
  const file = (consumer: string) =>
    city.as('eitc').ask(routes.fileAgreement, {
      params: { agreementId: signed.get(consumer)!.agreementId },
      body: { filingNumber: `T-${consumer}` },
    });
  const usesOf = async (source: string) => (await city.as(source).call(routes.listUses, ofRegister)).items;
  const useOf = async (source: string, consumer: string) =>
    (await usesOf(source)).find((use) => use.consumer === consumer)!;
  const consent = async (source: string, consumer: string) => {
    const { agreementId, terms } = await useOf(source, consumer);
    const { termsVersion, asked } = terms.at(-1)!;
    const body = { termsVersion, termsDigest: asked!.termsDigest };
    return city.as(source).ask(routes.consentToAgreement, { params: { agreementId }, body });
  };

  await step('an agreement is not filed before each department whose fields it grants has consented', async () => {
    for (const [consumer, { fields, terms, sources }] of Object.entries(agreed)) {
      const body = { resourceId, terms: usual({ duties: { security: '专网' }, fields, ...terms }) };
      const { agreementId, termsDigest } = await city.as(consumer).call(routes.proposeAgreement, { body });
      const params = { agreementId };
      const { consents } = await city.as(owner).call(routes.acceptAgreement, { params, body: { termsVersion: 1 } });
      expect(consents.map(({ department, state }) => [department, state])).toEqual(
        sources.map((source) => [source, 'asked']),
      );
      const signature = { params, body: { termsVersion: 1, termsDigest } };
      await city.as(consumer).call(routes.signAgreement, signature);
      signed.set(consumer, await city.as(owner).call(routes.signAgreement, signature));
      expect(await file(consumer)).toMatchObject({ status: 409, problem: { code: 'consent-missing' } });
    }
  });

  await step('each of them is told, and reads what of its own is asked for, by whom and what for', async () => {
    const { agreementId, termsDigest } = signed.get('court-shijingshan')!;
    const asked = async () => (await city.told('housing')).filter(({ event }) => event === 'consent-asked');
    expect(await eventually(asked, ({ length }) => length > 0)).toMatchObject([{ agreementId, termsVersion: 1 }]);
    expect(await usesOf('housing')).toMatchObject([
      {
        agreementId,
        consumer: 'court-shijingshan',
        state: 'signed',
        terms: [
          { fields: ['property_no'], asked: { termsDigest, purpose: 'a statutory duty', consent: { state: 'asked' } } },
        ],
      },
    ]);
    expect((await usesOf('civil-affairs')).map(({ consumer, terms: [terms] }) => [consumer, terms?.fields])).toEqual([
      ['court-shijingshan', ['marital_status']],
      ['district-dongcheng', ['relief_type']],
    ]);
    expect(await usesOf('health')).toEqual([]);
    expect((await city.as('landscaping').ask(routes.listUses, ofRegister)).status).toBe(404);
    const toHealth = await city.as('health').ask(routes.consentToAgreement, {
      params: { agreementId },
      body: { termsVersion: 1, termsDigest },
    });
    expect(toHealth.status).toBe(404);
  });

  await step('one objects and the terms stay unfiled; once all consent they are in force', async () => {
    const { agreementId } = signed.get('court-shijingshan')!;
    const objected = await city.as('housing').ask(routes.objectToAgreement, {
      params: { agreementId },
      body: { termsVersion: 1, reason: '请说明案件类型' },
    });
    expect(objected.status).toBe(200);
    expect(await consent('civil-affairs', 'court-shijingshan')).toMatchObject({ status: 200 });
    expect(await file('court-shijingshan')).toMatchObject({ status: 409, problem: { code: 'consent-missing' } });
    for (const source of agreed['district-dongcheng']!.sources) await consent(source, 'district-dongcheng');
    await consent('housing', 'court-shijingshan');
    for (const consumer of Object.keys(agreed)) expect(await file(consumer)).toMatchObject({ status: 200 });
  });

  await step('each consumer gets its own subset, of people whom only some departments know', async () => {
    await Promise.all(
      [owner, ...others].map(async (of) => {
        const csv = populationCsv(
          knownTo(of),
          columnsOf(of).map(({ name }) => name),
        );
        expect(await city.upload(of, idOf(of), csv)).toMatchObject({ state: 'accepted' });
      }),
    );
    await Promise.all(
      Object.entries(agreed).map(async ([as, { fields, rows }]) => {
        const [delivered] = await city.receive(as);
        const expected = populationCsv(register.filter(rows), fields);
        expect({ as, rows: sorted(delivered!.text) }).toEqual({ as, rows: sorted(expected) });
        received.set(as, delivered!.notice.deliveryId);
      }),
    );
  });

  await step(
    'a department that does not consent any more has the agreement suspended until it does again',
    async () => {
      const contentOf = (consumer: string) =>
        city.as(consumer).ask(routes.readContent, { params: { deliveryId: received.get(consumer)! } });
      const { agreementId } = signed.get('court-shijingshan')!;
      const objection = { params: { agreementId }, body: { termsVersion: 1, reason: '房产数据另行申请' } };
      expect(await city.as('housing').call(routes.objectToAgreement, objection)).toMatchObject({ state: 'suspended' });
      expect(await contentOf('court-shijingshan')).toMatchObject({
        status: 409,
        problem: { code: 'agreement-not-active' },
      });
      expect(await contentOf('district-dongcheng')).toMatchObject({ status: 200 });
      const reason = { params: { agreementId }, body: { reason: '继续' } };
      expect(await city.as(owner).ask(routes.resumeAgreement, reason)).toMatchObject({
        status: 409,
        problem: { code: 'not-suspended-by-you' },
      });
      expect(await consent('housing', 'court-shijingshan')).toMatchObject({ status: 200, body: { state: 'active' } });
      expect(await contentOf('court-shijingshan')).toMatchObject({ status: 200 });
    },
  );
}
