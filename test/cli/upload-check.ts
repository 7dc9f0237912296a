import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { played } from '../support/long.ts';
import type { Place } from '../support/place.ts';
import { csvOf } from '../support/legal-entities.ts';
import { Recording } from './recording.ts';
import { Desk } from './upload-desk.ts';
import * as files from './upload-files.ts';

/** `hub check` beside a hub and without one. */
export function checking(at: Place): void {
  const definitionFile = join(import.meta.dirname, '../../schemas/catalog/legal-entities.json');
  const rows = files.entities(200);

  let desk: Desk;
  let definition: ResourceDefinition;

  beforeAll(async () => {
    desk = await Desk.of(at.hub, 'quality');
    definition = JSON.parse(await readFile(definitionFile, 'utf8')) as ResourceDefinition;
    await at.city.publish('quality', 'legal-entities', definition);
  });
  afterAll(async () => {
    await desk?.leave();
  });

  interface Case {
    readonly name: string;
    readonly content: string | Uint8Array;
    readonly encoding?: 'utf-8' | 'gb18030';
    readonly exit: number;
  }

  const cases: Case[] = [
    { name: 'valid', content: csvOf(rows), exit: 0 },
    { name: 'five wrong records', content: csvOf(files.withFiveFaults(rows)), exit: 0 },
    { name: 'wrong header', content: files.withTitles(rows), exit: 4 },
    { name: 'gb18030', content: files.gb18030(csvOf(files.withFiveFaults(rows))), encoding: 'gb18030', exit: 0 },
    { name: 'a spreadsheet', content: Buffer.from('504b0304140000000800', 'hex'), exit: 4 },
  ];
  const more: Case[] = [
    { name: 'duplicates', content: csvOf(files.withDuplicates(rows)), exit: 0 },
    { name: 'broken quotes and columns', content: files.withBrokenQuotes(rows), exit: 0 },
    { name: 'all bad', content: csvOf(files.throughSpreadsheet(rows)), exit: 4 },
    { name: 'no records', content: csvOf([]), exit: 4 },
    { name: 'gb18030 as utf-8', content: files.gb18030(csvOf(rows)), exit: 4 },
    { name: 'utf-8 as gb18030', content: csvOf(rows), encoding: 'gb18030', exit: 4 },
  ];

  describe('hub check says what the hub says', () => {
    test.each(played(cases, more))(
      '$name: verdict, counts, and the report byte for byte',
      async ({ content, encoding = 'utf-8', exit }) => {
        await desk.put('file.csv', content);
        const offline = await Desk.of();
        await offline.put('file.csv', content);
        const line = `--json check file.csv --format csv --encoding ${encoding} --report report.csv`;
        const here = await desk.hub(`${line} --resource legal-entities`);
        const alone = await offline.hub(`${line} --definition ${definitionFile}`);
        const there = await at.city.upload('quality', 'legal-entities', content, encoding);

        expect({ here: here.code, alone: alone.code }).toEqual({ here: exit, alone: exit });
        const checked = JSON.parse(here.out) as Upload & { report?: string };
        const { state, rows: counts, violations, refusal } = checked;
        const ofHub = { state: there.state, rows: there.rows, violations: there.violations };
        expect({ state, rows: counts, violations }).toEqual(ofHub);
        expect(refusal?.code).toBe(there.refusal?.code);
        expect(JSON.parse(alone.out)).toEqual(checked);

        expect(checked.report !== undefined).toBe(there.report !== undefined);
        if (there.report) {
          const ofTheHub = Buffer.from(await (await fetch(there.report.url)).arrayBuffer());
          expect(await desk.bytes('report.csv')).toEqual(files.forSpreadsheets(ofTheHub));
          expect(await offline.bytes('report.csv')).toEqual(files.forSpreadsheets(ofTheHub));
        }
        await offline.leave();
      },
    );
  });

  describe('hub check without a hub', () => {
    let alone: Desk;
    beforeAll(async () => {
      alone = await Desk.of();
      await alone.put('definition.json', JSON.stringify(definition));
      await alone.put('five.csv', csvOf(files.withFiveFaults(rows)));
    });
    afterAll(() => alone.leave());

    test('asks no network: not even a hub that is named is called', async () => {
      const said = await alone.hub('--api http://127.0.0.1:9 check five.csv --definition definition.json');
      expect(said).toMatchObject({ code: 0, err: '' });
    });

    test.each([
      ['five.csv', '', 0],
      ['five.csv', '--strict', 4],
      ['good.csv', '--strict', 0],
    ])('%s with %s leaves with %i', async (file, option, code) => {
      await alone.put('good.csv', csvOf(rows));
      expect((await alone.hub(`check ${file} --definition definition.json ${option}`)).code).toBe(code);
    });

    test('the fix-file holds the rejected records and, mended, passes as one', async () => {
      await alone.hub('check five.csv --definition definition.json --fixes mend.csv');
      const [head, ...rejected] = (await alone.read('mend.csv')).trimEnd().split('\n');
      expect(head).toMatch(/errors/);
      expect(rejected).toHaveLength(5);
      const mended = csvOf(rows).split('\n');
      const lines = [10, 20, 30, 40, 50].map((index) => `${mended[index]},`);
      await alone.put('mend.csv', [`${mended[0]},errors`, ...lines].join('\n'));
      const said = await alone.hub('--json check mend.csv --definition definition.json --mended --strict');
      expect(JSON.parse(said.out)).toMatchObject({ state: 'accepted', rows: { read: 5, accepted: 5, rejected: 0 } });
    });

    test('wrong usage is told with what to type instead, and no file is touched', async () => {
      const before = await alone.read('five.csv');
      const recording = new Recording(alone.terminal);
      for (const options of [
        '',
        '--resource x --definition definition.json',
        '--definition definition.json --version 2',
        '--definition definition.json --report ./five.csv',
        '--definition definition.json --encoding latin1',
        '--definition definition.json --records 101',
      ]) {
        await recording.type('commerce', `check five.csv ${options}`, 2);
      }
      await recording.type('commerce', 'check nothing.csv --definition definition.json', 2);
      await recording.matches('check-wrong-usage');
      expect(await alone.read('five.csv')).toBe(before);
    });

    test('a definition that cannot be used is told by place, rule and what to do', async () => {
      const definitions: readonly unknown[] = [
        { ...definition, tolerence: 1 },
        { ...definition, tolerance: 2, schema: { fields: [{ name: '' }] } },
        { ...definition, schema: { fields: [{ name: 'a', type: 'boolean', constraints: { minimum: 1 } }] } },
      ];
      const recording = new Recording(alone.terminal);
      for (const broken of definitions) {
        await alone.put('broken.json', JSON.stringify(broken));
        await recording.type('commerce', 'check five.csv --definition broken.json', 1);
      }
      await alone.put('broken.json', 'title: x');
      await recording.type('commerce', 'check five.csv --definition broken.json', 1);
      await recording.matches('check-broken-definition');
    });
  });

  test('a report that is cut says so, with the same totals everywhere', async () => {
    const desk = await Desk.of();
    await desk.put('tolerant.json', JSON.stringify(files.aTolerantDefinition()));
    const many = Array.from({ length: 60_000 }, (_, index) => `x${index},31/12/2020`);
    await desk.put('many.csv', ['code,day', ...many].join('\n'));
    const recording = new Recording(desk.terminal);
    await recording.type('commerce', 'check many.csv --definition tolerant.json --records 1 --report report.csv');
    await recording.matches('check-truncated-report');
    const json = JSON.parse((await desk.hub('--json check many.csv --definition tolerant.json')).out) as {
      violationsTotal: number;
      reported: number;
      violations: { count: number }[];
    };
    expect(json).toMatchObject({ violationsTotal: 120_000, reported: 100_000 });
    expect(json.violations.map(({ count }) => count)).toEqual([60_000, 60_000]);
    expect((await desk.read('report.csv')).trimEnd().split('\n')).toHaveLength(100_001);
    await desk.leave();
  });
}
