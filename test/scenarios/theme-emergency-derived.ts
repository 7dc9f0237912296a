import { expect } from '@jest/globals';
import type { Body } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Scheme, SchemePart } from '../../schemas/contracts/schemes.ts';
import { eventually, usual } from '../support/city.ts';
import { csvOf, legalEntities } from '../support/legal-entities.ts';
import type { Place } from '../support/place.ts';
import { population } from '../support/population-register.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const resourceId = 'emergency-sites';
/**
 * Four of the 14 command offices with what each is there for, and five of the 18 districts with their divisions. The others
 * differ from these by a filter; all 32 take 40 seconds more.
 */
const kinds = { 'work-safety': '危险化学品', flood: '水库', 'forest-fire': '森林防火区', utilities: '燃气设施' };
const districts = { xicheng: '110102', chaoyang: '110105', fengtai: '110106', haidian: '110108', shunyi: '110113' };

const conditional = { shareType: 'conditional', shareCondition: '突发事件应对' };
const division = { name: 'division', title: '行政区划代码' };
const sources = {
  residents: {
    provider: 'public-security',
    title: '常住人口',
    fields: [
      { name: 'id_no', title: '公民身份号码', sensitivity: 'personal' },
      { ...division, name: 'household_division' },
    ],
    primaryKey: ['id_no'],
    asked: { fields: ['household_division'], reshare: 'derived' },
  },
  entities: {
    provider: 'quality',
    title: '法人单位',
    fields: [
      { name: 'org_code', title: '组织机构代码' },
      { name: 'name', title: '机构名称' },
      { name: 'phone', title: '值班电话' },
      { name: 'representative', title: '法定代表人', sensitivity: 'personal' },
    ],
    primaryKey: ['org_code'],
    asked: { fields: ['org_code', 'name', 'phone'], mask: { phone: 'last4' }, reshare: 'derived' },
  },
  hazards: {
    provider: 'work-safety',
    title: '重大危险源',
    fields: [
      { name: 'site', title: '危险源编号' },
      { name: 'kind', title: '类别', constraints: { enum: Object.values(kinds) } },
      division,
      { name: 'org_code', title: '组织机构代码' },
    ],
    primaryKey: ['site'],
    asked: { fields: ['site', 'kind', 'division', 'org_code'], reshare: 'derived' },
  },
  shelters: {
    provider: 'civil-affairs',
    title: '避难场所',
    fields: [{ name: 'shelter', title: '场所编号' }, division],
    primaryKey: ['shelter'],
    asked: { fields: ['shelter', 'division'], reshare: 'no' },
  },
} as const;
type Source = keyof typeof sources;
const names = Object.keys(sources) as Source[];
const idOf = (name: Source) => `emergency-${name}`;

const fields = ['site', 'kind', 'division', 'operator', 'phone', 'people'];
const lost = ['operator', 'phone'];
const columns = `h.site, h.kind, h.division, e.name AS operator, e.phone,
  (SELECT count(*) FROM residents r WHERE r.household_division = h.division) AS people`;
const tables = 'FROM hazards h LEFT JOIN entities e ON e.org_code = h.org_code';

const theDatabase = (read: readonly Source[], select: string, more: readonly object[] = []) => ({
  title: '应急指挥主题库',
  provider: 'emergency',
  ...conditional,
  updateCycle: 'irregular',
  schema: {
    primaryKey: ['site'],
    fields: [...fields.map((name) => ({ name, type: name === 'people' ? 'integer' : 'string' })), ...more],
  },
  derivation: {
    inputs: Object.fromEntries(read.map((name) => [name, { resourceId: idOf(name) }])),
    sql: `SELECT ${select} ${tables}`,
  },
});

interface Area {
  readonly field: 'division' | 'kind';
  readonly value: string;
  readonly fields: readonly string[];
}
const districtsArea = (value: string): Area => ({ field: 'division', value, fields });
const commandsArea = (value: string): Area => ({ field: 'kind', value, fields: ['site', 'division', 'people'] });
/** Each office with its own area. */
const offices: Readonly<Record<string, Area>> = Object.fromEntries([
  ...Object.entries(districts).map(([of, value]) => [`district-${of}`, districtsArea(value)] as const),
  ...Object.entries(kinds).map(([of, value]) => [`command-${of}`, commandsArea(value)] as const),
]);
const termsOf = ({ field, value, fields: asked }: Area) => ({ fields: asked, filter: [{ field, op: 'eq', value }] });

const people = population(300);
const firms = legalEntities(60);
const turn = (values: Readonly<Record<string, string>>, index: number): string => {
  const each = Object.values(values);
  return each[index % each.length]!;
};
const sites = Array.from({ length: 240 }, (_, index) => ({
  site: `H${index + 1}`,
  kind: turn(kinds, index),
  division: turn(districts, index),
  org_code: firms[(index * 7) % firms.length]!.org_code,
}));
const files: Readonly<Record<Exclude<Source, 'shelters'>, readonly Readonly<Record<string, string>>[]>> = {
  residents: people,
  entities: firms,
  hazards: sites,
};
const uploaded = Object.keys(files) as (keyof typeof files)[];

/** The rows of an office's area, as the statement says, reckoned from what was uploaded. */
const areaOf = (office: string, hasEntities: boolean): string => {
  const { field, value, fields: asked } = offices[office]!;
  const rows = sites
    .filter((site) => site[field] === value)
    .map((site) => {
      const firm = firms.find(({ org_code }) => org_code === site.org_code)!;
      const count = people.filter(({ household_division }) => household_division === site.division).length;
      const ofFirm = { operator: firm.name, phone: `****${firm.phone.slice(-4)}` };
      return { ...site, ...(hasEntities && ofFirm), people: String(count) };
    });
  return csvOf(rows, asked);
};
/** What is signed. */
const read = ({ agreementId, termsVersion, termsDigest }: SchemePart) => ({
  agreementId: agreementId!,
  termsVersion: termsVersion!,
  termsDigest: termsDigest!,
});
/** A statement without ORDER BY says nothing of the order of its records. */
const sorted = (csv: string) => csv.trimEnd().split('\n').toSorted();

/** What is made of its sources goes to each office for its own area, as far as every source allows (scenario 4). */
export async function emergencyDatabase({ city }: Place): Promise<void> {
  const ofDatabase = { params: { resourceId } };
  const publish = (definition: object) =>
    city.as('emergency').ask(routes.publishResource, { ...ofDatabase, body: definition as Body<'publishResource'> });
  const violationsOf = (reply: Parameters<typeof problemOf>[0]) =>
    (problemOf(reply) as { violations?: readonly { path: string; rule: string; message: string }[] }).violations;
  const run = () => city.as('emergency').ask(routes.readDerivation, ofDatabase);
  const all = Object.keys(offices);
  let scheme: Scheme;

  await step('the emergency office asks its four sources as one scheme; each accepts and signs its part', async () => {
    await Promise.all(
      names.map((name) => {
        const { provider, title, fields: own, primaryKey } = sources[name];
        const schema = { primaryKey, fields: own };
        return city.publish(provider, idOf(name), { title, provider, ...conditional, updateCycle: 'daily', schema });
      }),
    );
    const duties = { security: 'in-house network, named officers' };
    const proposals = names.map((name) => ({
      resourceId: idOf(name),
      terms: usual({ duties, ...sources[name].asked }),
    }));
    scheme = await city.as('emergency').call(routes.proposeScheme, { body: { name: '应急指挥主题库', proposals } });
    const params = { schemeId: scheme.schemeId };
    await Promise.all(
      names.map(async (name) => {
        const as = city.as(sources[name].provider);
        const { items } = await as.call(routes.readScheme, { params });
        expect(items.map((item) => item.resourceId)).toEqual([idOf(name)]);
        const agreements = items.map(read);
        const accepted = agreements.map(({ termsDigest: _termsDigest, ...agreement }) => agreement);
        await as.call(routes.acceptScheme, { params, body: { agreements: accepted } });
        await as.call(routes.signScheme, { params, body: { agreements } });
      }),
    );
    const agreements = scheme.items.map(read);
    await city.as('emergency').call(routes.signScheme, { params, body: { agreements } });
    const filed = await Promise.all(
      agreements.map(({ agreementId }, index) =>
        city.as('eitc').call(routes.fileAgreement, {
          params: { agreementId },
          body: { filingNumber: `T-emergency-database-${index}` },
        }),
      ),
    );
    expect(filed.map(({ state }) => state)).toEqual(names.map(() => 'active'));
  });

  await step(
    'a source that may not be shared on is in no theme database: the refusal names it and its term',
    async () => {
      const shelters = `${columns}, (SELECT count(*) FROM shelters s WHERE s.division = h.division) AS shelters`;
      const refused = await publish(theDatabase(names, shelters, [{ name: 'shelters', type: 'integer' }]));
      expect(violationsOf(refused)).toEqual([
        {
          path: '/derivation/inputs/shelters',
          rule: 'inherited-reshare',
          message: expect.stringContaining(
            'emergency-shelters does not let what is derived of it be shared (reshare: no)',
          ),
        },
      ]);
    },
  );
  await step('a field that a source does not give is in none either', async () => {
    const refused = await publish(
      theDatabase(uploaded, `${columns}, e.representative`, [{ name: 'representative', sensitivity: 'personal' }]),
    );
    expect(violationsOf(refused)).toMatchObject([{ path: '/derivation/sql', rule: 'statement-name' }]);
  });
  await step('what every source allows is published', async () => {
    expect(await publish(theDatabase(uploaded, columns))).toMatchObject({ ok: true });
  });

  await step('an office cannot have more of it than the sources let pass', async () => {
    const duties = { security: 'in-house network' };
    const asked = { ...termsOf(offices['district-xicheng']!), duties };
    const propose = (terms: object) =>
      city.as('district-xicheng').ask(routes.proposeAgreement, { body: { resourceId, terms: usual(terms) } });
    expect(violationsOf(await propose(asked))).toMatchObject([
      {
        path: '/terms/mask/phone',
        rule: 'inherited-mask',
        message: expect.stringContaining('emergency-entities.phone came masked (last4)'),
      },
    ]);
    const further = violationsOf(await propose({ ...asked, mask: { phone: 'last4' }, reshare: 'yes' }));
    expect(new Set(further?.map(({ rule }) => rule))).toEqual(new Set(['inherited-reshare']));
    expect(further?.map(({ message }) => message.split(' ')[0]).toSorted()).toEqual(uploaded.map(idOf).toSorted());
  });

  await step('each office agrees on its own area, and gets exactly that', async () => {
    await Promise.all(
      Object.entries(offices).map(([as, area]) =>
        city.agree(as, 'emergency', resourceId, {
          ...termsOf(area),
          ...(area.fields.includes('phone') && { mask: { phone: 'last4' } }),
        }),
      ),
    );
    await Promise.all(
      uploaded.map(async (name) => {
        const { provider, fields: own } = sources[name];
        const csv = csvOf(
          files[name],
          own.map((field) => field.name),
        );
        expect(await city.upload(provider, idOf(name), csv)).toMatchObject({ state: 'accepted' });
      }),
    );
    expect(
      (await city.receive('emergency', uploaded.length)).map(({ notice }) => notice.resourceId).toSorted(),
    ).toEqual(uploaded.map(idOf).toSorted());
    await Promise.all(
      all.map(async (as) => {
        const [delivered] = await city.receive(as);
        expect({ as, rows: sorted(delivered!.text) }).toEqual({ as, rows: sorted(areaOf(as, true)) });
        expect(sorted(delivered!.text).length).toBeGreaterThan(1);
      }),
    );
  });

  const source = () => scheme.items.find((item) => item.resourceId === idOf('entities'))!.agreementId!;
  await step('which offices would lose what is known before a source is withdrawn', async () => {
    const sent = { ...ofDatabase, query: { without: source() } };
    const impact = await city.as('quality').call(routes.readImpact, sent);
    expect(impact).toMatchObject({ outcome: 'goes-on', lost, contentStops: true });
    const losing = impact.agreements.toSorted((one, other) => one.consumer.localeCompare(other.consumer));
    expect(losing.map(({ consumer, fields: gone }) => [consumer, gone])).toEqual(
      all
        .filter((as) => as.startsWith('district-'))
        .toSorted()
        .map((as) => [as, lost]),
    );
    expect((await city.as('district-xicheng').ask(routes.readImpact, sent)).status).toBe(404);
    expect((await city.as('work-safety').ask(routes.readImpact, sent)).status).toBe(404);
  });

  await step(
    'it is withdrawn: what the offices had cannot be fetched, what they get has its fields missing, and the rest whole',
    async () => {
      const before = await Promise.all(
        all.map(async (as) => (await city.as(as).call(routes.listDeliveries, { query: {} })).items.at(-1)!.deliveryId),
      );
      const params = { agreementId: source() };
      await city.as('quality').call(routes.terminateAgreement, { params, body: { reason: '登记系统停用' } });
      await eventually(run, (reply) => reply.ok && reply.body.state === 'committed' && reply.body.lost !== undefined);
      expect(await run()).toMatchObject({ body: { lost, inputs: { entities: { lost: true } } } });
      await Promise.all(
        all.map(async (as, index) => {
          const old = await city.as(as).ask(routes.readContent, { params: { deliveryId: before[index]! } });
          expect({ as, code: problemOf(old).code }).toEqual({ as, code: 'agreement-not-active' });
          const [delivered] = await city.receive(as);
          expect({ as, rows: sorted(delivered!.text) }).toEqual({ as, rows: sorted(areaOf(as, false)) });
        }),
      );
    },
  );
}
