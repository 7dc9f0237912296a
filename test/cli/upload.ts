import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Place } from '../support/place.ts';
import { Recording } from './recording.ts';
import { forSpreadsheets } from './upload-files.ts';
import { Desk } from './upload-desk.ts';
import * as register from './upload-restaurants.ts';

/** `hub upload` and `hub uploads` beside a running hub. */
export function uploading(at: Place): void {
  let desk: Desk;
  const rows = register.restaurants();
  const send = 'upload restaurants.csv --resource canteens';

  beforeAll(async () => {
    await at.city.publish('commerce', 'canteens', register.definition());
  });
  beforeEach(async () => {
    desk = await Desk.of(at.hub, 'commerce');
  });
  afterEach(() => desk.leave());

  const read = async (uploadId: string) => at.city.as('commerce').call(routes.readUpload, { params: { uploadId } });
  const bytesOf = async (place: { readonly url: string } | undefined) =>
    Buffer.from(await (await fetch(place!.url)).arrayBuffer());

  test('with --json the verdict is the upload as the hub tells it', async () => {
    await desk.put('restaurants.csv', register.withTypingErrors(rows));
    const said = await desk.hub(`--json ${send}`);
    const upload = JSON.parse(said.out) as Upload;
    const { report: _report, fixFile: _fixFile, ...told } = upload;
    const { report: _newReport, fixFile: _newFixFile, ...kept } = await read(upload.uploadId);
    expect(told).toEqual(kept);
    expect(said).toMatchObject({ code: 0, err: '' });
  });

  test('the screen, --json and the report have the same totals', async () => {
    await desk.put('restaurants.csv', register.throughSpreadsheet(rows));
    const upload = JSON.parse((await desk.hub(`--json ${send}`)).out) as Upload;
    const screen = (await desk.hub(`uploads show ${upload.uploadId} --report report.csv`)).out;
    const reported = (await desk.read('report.csv')).trimEnd().split('\n').slice(1);
    const total = upload.violations!.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(120);
    expect(reported).toHaveLength(total);
    expect(screen).toContain('What is wrong: 120 faults in 60 rejected records');
    expect(screen).toContain('60 of 60');
    for (const { field, rule, count } of upload.violations!) {
      expect(reported.filter((line) => line.includes(`,${field},${rule},`))).toHaveLength(count);
      expect(screen).toMatch(new RegExp(`${field} .*${rule} +${count} `));
    }
  });

  test('the report and the fix-file that are downloaded are the hub’s own', async () => {
    await desk.put('restaurants.csv', register.withTypingErrors(rows));
    const { uploadId } = JSON.parse((await desk.hub(`--json ${send}`)).out) as Upload;
    await desk.hub(`uploads show ${uploadId} --report report.csv --fix-file mend.csv`);
    const { report, fixFile } = await read(uploadId);
    expect(await desk.bytes('report.csv')).toEqual(forSpreadsheets(await bytesOf(report)));
    expect(await desk.bytes('mend.csv')).toEqual(await bytesOf(fixFile));
  });

  test('a fix-file as a workbook is sent again as it is, and checked like any mended records', async () => {
    await desk.put('restaurants.csv', register.withTypingErrors(rows));
    const { uploadId, resourceId } = JSON.parse((await desk.hub(`--json ${send}`)).out) as Upload;
    expect(await desk.hub(`uploads show ${uploadId} --fix-file mend.xlsx`)).toMatchObject({ code: 0 });
    const again = await desk.hub(`--json upload mend.xlsx --resource ${resourceId} --fixes ${uploadId}`);
    expect(again.err).toBe('');
    expect(JSON.parse(again.out)).toMatchObject({
      format: 'xlsx',
      fixes: uploadId,
      rows: { read: 3, accepted: 0, rejected: 3 },
    });
    expect(await desk.hub(`uploads show ${uploadId} --fix-file mend.ods`)).toMatchObject({ code: 2 });
  });

  test('values of personal fields are masked on the screen', async () => {
    await desk.put(
      'restaurants.csv',
      register.csv(rows.map((row, index) => (index === 5 ? { ...row, phone: 'call Wang 6500' } : row))),
    );
    const { out } = await desk.hub(send);
    expect(out).toContain('*** (masked: personal data)');
    expect(out).not.toContain('Wang');
  });

  test('control characters of a damaged file do not reach the terminal', async () => {
    await desk.put(
      'restaurants.csv',
      register.csv(rows.map((row, index) => (index === 5 ? { ...row, category: '\u001b[2Jx' } : row))),
    );
    const { out } = await desk.hub(send);
    expect(out).toContain('\\u001b[2Jx');
    expect(out).not.toContain('\u001b');
  });

  test.each([
    ['accepted as it is', register.csv(rows), '', 0],
    ['accepted with rejected records', register.withTypingErrors(rows), '', 0],
    ['accepted with rejected records, strictly', register.withTypingErrors(rows), '--strict', 4],
    ['refused', register.throughSpreadsheet(rows), '', 4],
  ])('the exit code of a file that is %s', async (_, content, option, code) => {
    await desk.put('restaurants.csv', content);
    expect((await desk.hub(`${send} ${option}`)).code).toBe(code);
  });

  describe('mended records', () => {
    test('that are still wrong are told with a new fix-file, until all are right', async () => {
      await desk.put('restaurants.csv', register.withTypingErrors(rows));
      const [show, sendFixes] = Desk.commandsOn((await desk.hub(send)).out);
      await desk.hub(show!);
      const [head, ...lines] = (await desk.read('restaurants-fixes.csv')).trimEnd().split('\n');
      const right = register.csv(rows).split('\n');
      await desk.put('restaurants-fixes.csv', [head, `${right[21]},`, `${right[31]},`, lines[2]].join('\n'));
      const again = await desk.hub(`${sendFixes} --strict`);
      expect(again.code).toBe(4);
      const [showRest, sendRest] = Desk.commandsOn(again.out);
      expect((await desk.hub(showRest!)).code).toBe(0);
      const rest = Desk.commandsOn(again.out)[1]!.split(' ')[1]!;
      expect((await desk.read(rest)).trimEnd().split('\n')).toHaveLength(2);
      await desk.put(rest, `${head}\n${right[42]},\n`);
      expect((await desk.hub(`${sendRest} --strict`)).code).toBe(0);
      const { items } = await at.city.as('commerce').call(routes.listDatasets, { params: { resourceId: 'canteens' } });
      expect(items[0]!.rows).toBe(60);
    });

    test('of an upload that was refused as a whole are refused, saying what to do', async () => {
      await desk.put('restaurants.csv', register.throughSpreadsheet(rows));
      const { uploadId } = JSON.parse((await desk.hub(`--json ${send}`)).out) as Upload;
      await desk.put('restaurants.csv', register.csv(rows.slice(0, 2)));
      const said = await desk.hub(`${send} --fixes ${uploadId}`);
      expect(said.code).toBe(1);
      expect(said.err).toMatch(/refused as a whole.*mend the file itself/s);
    });
  });

  test('what cannot be shown is told with what to do', async () => {
    await desk.put('restaurants.csv', register.csv(rows));
    const accepted = JSON.parse((await desk.hub(`--json ${send}`)).out) as Upload;
    const body = { resourceId: 'canteens', bytes: 9, sha256: accepted.sha256 };
    const { uploadId } = await at.city.as('commerce').call(routes.announceUpload, { body });
    const recording = new Recording(desk.terminal);
    await recording.type('commerce', `uploads show ${accepted.uploadId} --fix-file mend.csv`, 1);
    await recording.type('commerce', `uploads show ${uploadId} --report report.csv`, 1);
    await recording.type('commerce', `uploads show ${uploadId}`, 0);
    await recording.type('tax', `uploads show ${uploadId}`, 1);
    await recording.type('tax', send, 1);
    await recording.type('commerce', 'upload nothing.csv --resource canteens', 2);
    await recording.type('commerce', 'upload restaurants.csv --resource nothing', 1);
    await recording.type('commerce', `${send} --part-size 4`, 2);
    await recording.type('tax', 'uploads', 0);
    await recording.matches('upload-refused-calls');
  });
}
