import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeXlsx } from 'hucre/xlsx';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Place } from '../support/place.ts';
import { Desk } from './upload-desk.ts';
import { forSpreadsheets } from './upload-files.ts';

/** Files of every format, checked here and there. */
export function sendingFormats(at: Place): void {
  const definition = {
    title: '停车场',
    titleEn: 'Car parks',
    provider: 'surveying',
    shareType: 'unconditional',
    tolerance: 0.5,
    schema: {
      primaryKey: ['code'],
      fields: [
        { name: 'code', type: 'integer' },
        { name: 'name', type: 'string', constraints: { maxLength: 10 } },
        { name: 'opened', type: 'date' },
      ],
    },
  };
  const rows = Array.from({ length: 20 }, (_, index) => ({
    code: index,
    name: `停车场 ${index}`,
    opened: '2026-01-31',
  }));
  const wrong = rows.map((row) => (row.code === 7 ? { ...row, name: 'far too long a name' } : row));
  const csv = (all: readonly object[]) =>
    `${[Object.keys(all[0]!), ...all.map((row): unknown[] => Object.values(row))].map((cells) => cells.join(',')).join('\n')}\n`;
  const ndjson = (all: readonly object[]) => all.map((row) => `${JSON.stringify(row)}\n`).join('');
  const workbook = (all: typeof rows) =>
    writeXlsx({
      sheets: [
        { name: 'read me', rows: [['nothing here']] },
        {
          name: '2026',
          rows: [['code', 'name', 'opened'], ...all.map(({ code, name, opened }) => [code, name, new Date(opened)])],
        },
      ],
    });
  const parquet = (all: typeof rows) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'code', data: all.map(({ code }) => code), type: 'INT32' },
          { name: 'name', data: all.map(({ name }) => name), type: 'STRING' },
          { name: 'opened', data: all.map(({ opened }) => opened), type: 'STRING' },
        ],
      }),
    );

  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.of(at.hub, 'surveying');
    await at.city.publish('surveying', 'parks', definition);
  });
  afterAll(async () => {
    await desk?.leave();
  });

  interface Case {
    readonly file: string;
    readonly format: string;
    readonly content: (all: typeof rows) => string | Uint8Array | Promise<Uint8Array>;
    readonly options?: string;
  }
  const cases: Case[] = [
    { file: 'parks.csv', format: 'csv', content: csv },
    { file: 'parks.ndjson', format: 'ndjson', content: ndjson },
    { file: 'json-in-a.txt', format: 'ndjson', content: ndjson },
    { file: 'parks.xlsx', format: 'xlsx', content: workbook, options: '--sheet 2026' },
    { file: 'no-name', format: 'parquet', content: parquet },
  ];

  test.each(cases)(
    '$file is found to be $format, and checked here as it is there',
    async ({ file, format, content, options = '' }) => {
      await desk.put(file, await content(wrong));
      const here = await desk.hub(`--json check ${file} --resource parks ${options} --report report.csv`);
      const there = await desk.hub(`--json upload ${file} --resource parks ${options}`);
      expect([here, there]).toMatchObject([
        { code: 0, err: '' },
        { code: 0, err: '' },
      ]);
      const [checked, upload] = [JSON.parse(here.out) as Upload, JSON.parse(there.out) as Upload];
      expect(upload).toMatchObject({ format, content: 'snapshot', rows: { read: 20, accepted: 19, rejected: 1 } });
      const { state, rows: counts, violations } = upload;
      expect(checked).toMatchObject({ format, state, rows: counts, violations });
      const report = Buffer.from(await (await fetch(upload.report!.url)).arrayBuffer());
      expect(await desk.bytes('report.csv')).toEqual(forSpreadsheets(report));
    },
  );

  test.each([
    ['a sheet that it has not', 'parks.xlsx', '--sheet 2025', 'no-such-sheet', /the sheets|2026/],
    ['a format that it is not of', 'parks.xlsx', '--format csv', 'unknown-format', /XLSX/],
  ])('a workbook with %s is refused, with what the hub knows of the file', async (_case, file, options, code, says) => {
    await desk.put('parks.xlsx', await workbook(rows));
    const screen = await desk.hub(`check ${file} --resource parks ${options}`);
    expect({ code: screen.code, out: screen.out }).toMatchObject({ code: 4, out: expect.stringMatching(says) });
    const said = await desk.hub(`--json upload ${file} --resource parks ${options}`);
    expect({ code: said.code, refusal: (JSON.parse(said.out) as Upload).refusal }).toMatchObject({
      code: 4,
      refusal: { code },
    });
  });

  describe('edits', () => {
    test('are checked here, sent, and merged there', async () => {
      await desk.put('parks.csv', csv(rows));
      await desk.hub('upload parks.csv --resource parks');
      await desk.put(
        'edits.ndjson',
        ndjson([{ code: 3, name: '新名' }, { _op: 'delete', code: 4 }, { _op: 'replace', code: 5 }, { code: 99 }]),
      );
      const line = 'edits.ndjson --resource parks --content changes';
      const checked = JSON.parse((await desk.hub(`--json check ${line}`)).out) as Upload;
      const upload = JSON.parse((await desk.hub(`--json upload ${line}`)).out) as Upload;
      expect(upload).toMatchObject({
        content: 'changes',
        state: 'accepted',
        rows: { read: 4, accepted: 3, rejected: 1 },
      });
      expect(checked).toMatchObject({ content: 'changes', rows: upload.rows, violations: upload.violations });
      const { items } = await at.city.as('surveying').call(routes.listDatasets, { params: { resourceId: 'parks' } });
      expect(items[0]?.rows).toBe(20);

      const screen = (await desk.hub(`uploads show ${upload.uploadId}`)).out;
      expect(screen).toContain('mend the one that was rejected and send them as changes again');
      expect(Desk.commandsOn(screen)[0]).toBe('upload parks.csv --resource parks --content changes');
      const none = await desk.hub(`uploads show ${upload.uploadId} --fix-file mend.csv`);
      expect({ code: none.code, err: none.err }).toMatchObject({
        code: 1,
        err: expect.stringContaining('send them as changes again'),
      });
    });

    test('that have no dataset to change yet are told to send the whole first', async () => {
      await at.city.publish('surveying', 'lots', definition);
      await at.city.upload('surveying', 'lots', csv(rows));
      await at.city.publish('surveying', 'lots', { ...definition, title: '停车位' });
      await desk.put('edits.csv', 'code,name,_op\n3,新名,\n');
      const { code, out } = await desk.hub('upload edits.csv --resource lots --content changes');
      expect(code).toBe(4);
      expect(Desk.commandsOn(out)[0]).toBe('upload edits.csv --resource lots');
    });
  });
}
