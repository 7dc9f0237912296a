import { expect } from '@jest/globals';
import type { Reply } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { LookupBody } from '../../schemas/contracts/lookups.ts';
import type { ReasonRow } from '../../schemas/contracts/reports.ts';
import { eventually } from '../support/city.ts';
import { searched } from '../support/long.ts';
import type { Place } from '../support/place.ts';
import { population, populationCsv, populationDefinition } from '../support/population-register.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const resourceId = 'population-of-the-court';
const [court, police] = ['court-shijingshan', 'public-security'];
const reasons = ['执行案件查找被执行人', '送达诉讼文书'];
const people = searched(67, 223);

/** A court looks people up one by one, for its cases (scenario 8). */
export async function courtLookup({ hub, city }: Place): Promise<void> {
  const register = population(600);
  const divisions = [...new Set(register.map((row) => row['household_division']!))].toSorted().slice(1);
  const isGranted = ({ household_division: division }: (typeof register)[number]) => divisions.includes(division!);
  const within = register.filter(isGranted);
  const wanted = within.slice(0, people);
  const outside = register.find((row) => !isGranted(row));
  let agreementId: AgreementId;

  const body = (id_no: string, more: Partial<LookupBody> = {}): LookupBody =>
    ({ agreementId, key: { id_no }, caseNumber: '(2026)京0107执1024号', reason: reasons[0], ...more }) as never;
  const ask = (id_no: string, more: object = {}, as = court) =>
    city.as(as).ask(routes.lookUp, { body: { ...body(id_no), ...more } });
  const answered = async (id_no: string, more: object = {}) => {
    const {
      lookupId: _id,
      at: _at,
      ...rest
    } = await city.as(court).call(routes.lookUp, { body: { ...body(id_no), ...more } });
    return rest;
  };
  const refused = async (reply: Promise<Reply<'lookUp'>>) => {
    const { status, code } = problemOf(await reply);
    return `${status} ${code}`;
  };

  await step(
    'the register may be looked up in, and the court agrees on three fields of most divisions, for two reasons',
    async () => {
      const definition = { ...populationDefinition, modes: ['delivery', 'lookup'] };
      await city.publish(police, resourceId, definition);
      const terms = {
        mode: 'lookup',
        key: ['id_no'],
        fields: ['id_no', 'name', 'residence_address'],
        filter: [{ field: 'household_division', op: 'in', value: divisions }],
        perDay: people + 7,
        perUserPerDay: people + 7,
        keys: 2,
        reasons,
      };
      const agreement = await city.agree(court, police, resourceId, terms);
      agreementId = agreement.agreementId;
      expect(agreement).toMatchObject({ state: 'active', terms: [{ terms: { mode: 'lookup' } }] });
    },
  );

  await step(
    'before there are data nothing is answered; afterwards a record is, as soon as they are prepared',
    async () => {
      expect(await refused(ask(wanted[0]!['id_no']!))).toBe('409 not-answerable');
      expect(await city.upload(police, resourceId, populationCsv(register))).toMatchObject({ state: 'accepted' });
      const first = await eventually(
        () => ask(wanted[0]!['id_no']!),
        ({ status }) => status === 200,
      );
      expect(first).toMatchObject({ body: { found: true, datasetVersion: 1, record: { name: wanted[0]!['name'] } } });
    },
  );

  await step(`${people} people are looked up, each for a case; each answer is exactly what was agreed`, async () => {
    expect(wanted).toHaveLength(people);
    for (const [i, { id_no, name, residence_address }] of wanted.entries()) {
      if (i === 0) continue;
      const { caseNumber, reason } = { caseNumber: `(2026)京0107执${i}号`, reason: reasons[i % 2]! };
      expect(await answered(id_no!, { caseNumber, reason })).toEqual({
        found: true,
        record: { id_no, name, residence_address },
        resourceId,
        datasetVersion: 1,
      });
    }
  });

  await step('without a case, for another reason, by another field nothing is told, and nothing counted', async () => {
    const id_no = wanted[0]!['id_no']!;
    expect(await refused(ask(id_no, { caseNumber: '' }))).toBe('400 malformed');
    expect(await refused(ask(id_no, { reason: '好奇' }))).toBe('422 invalid-lookup');
    expect(await refused(ask(id_no, { key: { name: wanted[0]!['name']! } }))).toBe('422 invalid-lookup');
    expect(await refused(ask(id_no, {}, police))).toBe('403 not-the-consumer');
    expect(await refused(ask(id_no, {}, 'tax'))).toBe('404 not-found');
  });

  await step('whoever is outside the agreement is answered as nobody is', async () => {
    const nobody = await answered('11010519491231002X');
    expect(await answered(outside!['id_no']!)).toEqual(nobody);
    expect(nobody).toEqual({ found: false, resourceId, datasetVersion: 1 });
    const both = [outside!['id_no']!, wanted[3]!['id_no']!].map((id_no) => ({ id_no }));
    expect(await answered('', { key: undefined, keys: both })).toMatchObject({
      results: [{ found: false }, { found: true }],
    });
  });

  await step('the quota of the day ends it, and says when the next day begins', async () => {
    for (let left = 3; left > 0; left--) await answered('110105194912310038');
    const reply = await ask(wanted[0]!['id_no']!);
    expect(problemOf(reply)).toMatchObject({ status: 429, code: 'quota-exceeded' });
  });

  await step(
    'each lookup is in the evidence: for the court with its cases, for the police without, for nobody else',
    async () => {
      const all = async (as: string) => {
        const items = [];
        let cursor: string | undefined;
        do {
          const query = { agreementId, limit: 30, ...(cursor !== undefined && { cursor }) };
          const page = await city.as(as).call(routes.listLookups, { query });
          items.push(...page.items);
          cursor = page.cursor;
        } while (cursor !== undefined);
        return items;
      };
      const own = await all(court);
      expect(own).toHaveLength(people + 6);
      expect(own.reduce((sum, { keys }) => sum + keys, 0)).toBe(people + 7);
      expect(own.reduce((sum, { found }) => sum + found, 0)).toBe(people + 1);
      expect(new Set(own.map(({ caseNumber }) => caseNumber)).size).toBe(people);
      const provided = await all(police);
      expect(provided.map(({ lookupId }) => lookupId)).toEqual(own.map(({ lookupId }) => lookupId));
      expect(provided.some((lookup) => 'caseNumber' in lookup || 'officer' in lookup)).toBe(false);
      expect(await all('eitc')).toEqual(own);
      expect(await all('tax')).toEqual([]);
      expect(JSON.stringify(own)).not.toContain(wanted[0]!['id_no']);
    },
  );

  await step('what stands out of it is shown to the police and the authority', async () => {
    const query = { agreementId };
    const [day] = (await city.as(police).call(routes.watchLookups, { query })).items;
    expect(day).toMatchObject({ lookups: people + 6, keys: people + 7, refused: 1, misses: 6 });
    expect(day!.signs).toContain('over-quota');
    const [seen] = (await city.as('eitc').call(routes.watchLookups, { query })).items;
    expect(seen).toMatchObject({ officerRef: day!.officerRef, officer: expect.any(String) });
  });

  const month = async () => new Date((await hub.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const [asked, found] = [people + 7, people + 1];

  await step('the report says for which reason the court looked up how many, to nobody else', async () => {
    await hub.advance(60);
    const byReason = async (as: string) =>
      (await city.as(as).call(routes.platformReport, { query: { by: 'reason' } })).items as ReasonRow[];
    const own = (rows: readonly ReasonRow[]) => rows.filter(({ consumer }) => consumer === court);
    const rows = await eventually(
      async () => own(await byReason('eitc')),
      (all) => all.reduce((sum, { keysLookedUp }) => sum + keysLookedUp, 0) === asked,
    );
    expect(rows.map(({ reason }) => reason).toSorted()).toEqual([...reasons].toSorted());
    expect(rows.reduce((sum, { recordsShown }) => sum + recordsShown, 0)).toBe(found);
    expect([own(await byReason(court)), own(await byReason(police))]).toEqual([rows, rows]);
    expect(await byReason('tax')).toEqual([]);
    const usage = await city.as(police).call(routes.readUsage, { params: { agreementId } });
    expect(usage).toMatchObject({ asked: { keysLookedUp: asked, recordsShown: found }, unreadFields: [] });
  });

  await step(
    'what they were good for is stated on the ground of them, and stands in the report as a chain',
    async () => {
      const lookups = (await city.as(court).call(routes.listLookups, { query: { agreementId } })).items;
      const body = { period: await month(), casesSolved: 167, words: '查明存款账户，案件执结' } as const;
      const state = (restsOn: object, as = court) =>
        city.as(as).ask(routes.stateBenefit, { params: { agreementId }, body: { ...body, restsOn } });
      const one = { lookups: [lookups[0]!.lookupId] };
      expect(problemOf(await state(one, police))).toMatchObject({ status: 403, code: 'not-the-consumer' });
      expect(problemOf(await state(one, 'tax'))).toMatchObject({ status: 404 });
      expect(problemOf(await state({ comparisons: 'all' }))).toMatchObject({ status: 422, code: 'invalid-statement' });
      expect(await state(one)).toMatchObject({ body: { found: { lookups: 1 } } });
      expect(await state({ lookups: 'all' })).toMatchObject({
        body: { found: { lookups: people + 6, keysLookedUp: asked, recordsShown: found } },
      });
      const { items } = await city.as('eitc').call(routes.platformReport, { query: { by: 'pair' } });
      expect(items).toContainEqual(
        expect.objectContaining({
          provider: police,
          consumer: court,
          benefitAsked: asked,
          benefitFound: found,
          casesSolved: 167,
        }),
      );
    },
  );

  await step('a person who asks is told by the authority who looked, when, why and on what ground', async () => {
    const report = { resourceId: resourceId as never, key: { id_no: wanted[3]!['id_no']! } };
    const { items, title } = await city.as('eitc').call(routes.reportLookups, { body: report });
    expect(title).toBe(populationDefinition.title);
    expect(items.map(({ department, caseNumber, found }) => ({ department, caseNumber, found }))).toEqual([
      { department: court, caseNumber: '(2026)京0107执1024号', found: true },
      { department: court, caseNumber: '(2026)京0107执3号', found: true },
    ]);
    expect(problemOf(await city.as(police).ask(routes.reportLookups, { body: report })).status).toBe(403);
  });

  await step('once the agreement is suspended nothing more is answered', async () => {
    const params = { agreementId };
    await city.as(police).call(routes.suspendAgreement, { params, body: { reason: '安全检查' } });
    expect(await refused(ask(wanted[0]!['id_no']!))).toBe('409 agreement-not-active');
  });
}
