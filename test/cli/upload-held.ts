import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Quality } from '../../schemas/contracts/quality.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { Recording } from './recording.ts';
import { Desk } from './upload-desk.ts';
import * as register from './upload-restaurants.ts';

const rows = register.restaurants();
const half = register.csv(rows.slice(0, 30));
const send = 'upload restaurants.csv --resource restaurants';

/** Seats that are left out or too many are worth a look; a number of rows that changes by a fifth is asked about. */
function definition() {
  const known = register.definition();
  const fields = known.schema.fields.map((field) =>
    field.name === 'seats'
      ? { ...field, constraints: { ...field.constraints, maximum: 90 }, severity: { maximum: 'warning' as const } }
      : field,
  );
  return { ...known, drift: { rowCount: 0.2 }, schema: { ...known.schema, fields } };
}

/**
 * A steward whose file is far shorter than the last one, and what comes of it: every command after the first is one that
 * the screen before it told to type. Then what the hub has learnt of the resource.
 */
export async function heldUploads(at: Place): Promise<void> {
  await at.city.publish('commerce', 'restaurants', definition());
  const desk = await Desk.of(at.hub, 'commerce');

  const inForce = async (): Promise<number | undefined> =>
    (await at.city.as('commerce').call(routes.listDatasets, { params: { resourceId: 'restaurants' } })).items[0]?.rows;

  await step('an upload that is held is told with both numbers of rows, refused, and sent again', async () => {
    const recording = new Recording(desk.terminal);
    const typed = async (line: string, code: number) =>
      Desk.commandsOn((await recording.type('commerce', line, code)).out);
    await desk.put('restaurants.csv', register.csv(rows));
    await typed(send, 0);
    await desk.put('restaurants.csv', half);
    const [foretold] = await typed('check restaurants.csv --resource restaurants', 5);
    expect(foretold).toBe(send);
    const [, refuse] = await typed(send, 5);
    await typed('uploads --state held', 0);
    const [again] = await typed(refuse!.replace('…', "'thirty are missing'"), 0);
    expect(await inForce()).toBe(60);
    await desk.put('restaurants.csv', register.withTypingErrors(rows));
    expect(again).toBe(send);
    await typed(again!, 0);
    await recording.matches('steward-half-a-file');
  });

  await step('one whose rows are right is put in force; what waits behind it is told why', async () => {
    await desk.put('restaurants.csv', half);
    const recording = new Recording(desk.terminal);
    const [accept] = Desk.commandsOn((await recording.type('commerce', send, 5)).out);
    await desk.put('one.ndjson', JSON.stringify({ ...rows[40], licensed_on: '2026-01-01' }));
    const behind = desk.terminal.start('records post restaurants one.ndjson --wait', {
      env: { AWS_PROFILE: 'commerce' },
    });
    await behind.says('is held, and changes wait for the word on it: hub uploads show');
    await recording.type('commerce', `--lang zh uploads --state held`, 0);
    await recording.type('commerce', accept!, 0);
    expect((await behind.printed).code).toBe(0);
    expect(await inForce()).toBe(31);
    await recording.type('commerce', accept!, 0);
    await recording.type('commerce', accept!.replace('accept', 'refuse').concat(" --reason 'too late'"), 1);
    await recording.matches('held-accepted');
  });

  await step('a resource’s quality: upload by upload, and of one by rule and field', async () => {
    await eventually(
      () => at.city.as('commerce').call(routes.readQuality, { params: { resourceId: 'restaurants' } }),
      ({ items }) => items.every(({ state, fields }) => state !== 'accepted' || fields !== undefined),
    );
    const recording = new Recording(desk.terminal);
    await recording.type('commerce', 'quality restaurants', 0);
    const { items } = JSON.parse((await desk.hub('quality restaurants --json --limit 3')).out) as { items: Quality[] };
    expect(items).toHaveLength(3);
    await recording.type('auditor', `quality restaurants --upload ${items[1]?.uploadId}`, 0);
    await recording.type('auditor', '--lang zh quality restaurants --upload 3', 0);
    await recording.type('press', 'quality restaurants', 1);
    await recording.type('commerce', 'quality restaurants --upload 99', 1);
    await recording.matches('quality');
  });

  await step('with --json what is held is the upload as the hub tells it', async () => {
    await desk.put('restaurants.csv', register.csv(rows));
    const { code, out } = await desk.hub(`--json ${send}`);
    const upload = JSON.parse(out) as Upload;
    expect({ code, upload }).toMatchObject({
      code: 5,
      upload: { state: 'held', held: { reason: 'row-count', previousRows: 31, rows: 60, limit: 0.2 } },
    });
    const foretold = JSON.parse((await desk.hub('--json check restaurants.csv --resource restaurants')).out) as Upload;
    expect([foretold.state, foretold.held]).toEqual([upload.state, upload.held]);
  });
  await desk.leave();
}
