import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { Recording } from './recording.ts';
import { Desk } from './upload-desk.ts';

/** `hub records post` beside a running hub. */
export async function postingRecords(at: Place): Promise<void> {
  const desk = await Desk.of(at.hub, 'surveying');
  await at.city.publish('surveying', 'meters', {
    title: '水表',
    titleEn: 'Water meters',
    provider: 'surveying',
    shareType: 'unconditional',
    tolerance: 0.5,
    schema: {
      primaryKey: ['code'],
      fields: [
        { name: 'code', type: 'integer' },
        { name: 'reading', type: 'number', constraints: { minimum: 0 } },
      ],
    },
  });
  await at.city.publish('surveying', 'notes', {
    title: '便条',
    provider: 'surveying',
    shareType: 'unconditional',
    schema: { fields: [{ name: 'text', type: 'string' }] },
  });

  const rows = async () =>
    (await at.city.as('surveying').call(routes.listDatasets, { params: { resourceId: 'meters' } })).items[0]?.rows;

  await step('records go in batches, each an upload, and commit in their order', async () => {
    const lines = Array.from({ length: 2_001 }, (_, index) => JSON.stringify({ code: index % 2_000, reading: index }));
    await desk.put('meters.ndjson', lines.join('\n'));
    const { code, out, err } = await desk.hub('--json records post meters meters.ndjson --wait');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { records, uploads } = JSON.parse(out) as { records: number; uploads: Upload[] };
    expect({ records, read: uploads.map(({ state, rows: counts }) => [state, counts?.read]) }).toEqual({
      records: 2_001,
      read: [
        ['accepted', 1000],
        ['accepted', 1000],
        ['accepted', 1],
      ],
    });
    expect(await rows()).toBe(2_000);
  });

  await step('what becomes of them looks as recorded', async () => {
    const recording = new Recording(desk.terminal);
    await desk.put(
      'new.json',
      '[{"code": 7, "reading": 2.50}, {"code": 8, "reading": -1}, {"_op": "delete", "code": 9}]',
    );
    await desk.put('many.ndjson', Array.from({ length: 1_001 }, (_, code) => JSON.stringify({ code })).join('\n'));
    await desk.put('keyless.ndjson', '{"code": 1}\n\n{"reading": 5}\n');
    await desk.put('broken.ndjson', '{"code": 1}\n{code: 2}\n');
    await recording.type('surveying', 'records post meters new.json --wait', 0);
    await recording.type('surveying', 'records post meters new.json --wait --strict --records 0', 4);
    await recording.type('surveying', 'records post meters new.json', 0);
    await recording.type('surveying', 'records post meters many.ndjson --wait', 0);
    await recording.type('surveying', '--lang zh records post meters many.ndjson', 0);
    await recording.type('surveying', 'records post meters keyless.ndjson', 1);
    await recording.type('surveying', 'records post meters broken.ndjson', 1);
    await recording.type('surveying', 'records post notes new.json', 1);
    await recording.type('press', 'records post meters new.json', 1);
    await recording.type('surveying', 'records post meters nothing.ndjson', 2);
    await recording.matches('records-post');
    expect(await rows()).toBe(2_000);
  });

  await step('they come from standard input, too', async () => {
    const input = '{"code": 5000, "reading": 12345678901234567890.5}';
    const { code } = await desk.terminal.hub('records post meters - --wait', { input });
    expect([code, await rows()]).toEqual([0, 2_001]);
    expect(await desk.hub('records post meters -')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There are no records.'),
    });
  });
  await desk.leave();
}
