import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { Recording } from './recording.ts';
import { Desk } from './upload-desk.ts';
import { gb18030 } from './upload-files.ts';
import * as register from './upload-restaurants.ts';

/**
 * A steward gets five differently broken files accepted with only what the screens say: each command after the first
 * is one that the screen before it told to type, and each change of the file is one that it told to make. The
 * recordings are what docs/steward-transcripts.md shows.
 */
export async function mendingAsTold(at: Place): Promise<void> {
  let desk: Desk;
  let recording: Recording;
  const rows = register.restaurants();
  const good = register.csv(rows);
  const first = 'upload restaurants.csv --resource restaurants';

  await at.city.publish('commerce', 'restaurants', register.definition());
  /** Each begins in an empty folder. */
  const scene = (name: string, play: () => Promise<void>) =>
    step(name, async () => {
      desk = await Desk.of(at.hub, 'commerce');
      recording = new Recording(desk.terminal);
      await play();
      await desk.leave();
    });

  /** Types what the steward types; gives the commands that the screen goes on to tell. */
  const typed = async (line: string | undefined, code: number): Promise<string[]> => {
    if (line === undefined) throw new Error('the screen told no command to go on with');
    return Desk.commandsOn((await recording.type('commerce', line, code)).out);
  };

  const told = (begins: string, commands: readonly string[]): string | undefined =>
    commands.find((command) => command.startsWith(begins));

  const newest = async (): Promise<Upload> =>
    (await at.city.as('commerce').call(routes.listUploads, { query: { resourceId: 'restaurants' } })).items[0]!;

  const mustBeComplete = async () =>
    expect(await newest()).toMatchObject({ state: 'accepted', rows: { read: 60, accepted: 60, rejected: 0 } });

  for (const [name, broken] of [
    ['wrong-header', register.withOtherNames(rows)],
    ['through-spreadsheet', register.throughSpreadsheet(rows)],
    ['typed-by-hand', register.typedByHand(rows)],
  ] as const)
    await scene(`refused as a whole, mended as told, checked here, accepted: ${name}`, async () => {
      await desk.put('restaurants.csv', broken);
      const check = told('check', await typed(first, 4));
      await desk.put('restaurants.csv', good);
      const [send] = await typed(check, 0);
      await typed(send, 0);
      await mustBeComplete();
      await recording.matches(`steward-${name}`);
    });

  await scene(
    'GB18030 that was announced as UTF-8 is told as such, and sent with the encoding that it has',
    async () => {
      await desk.put('restaurants.csv', gb18030(good));
      const check = told('check', await typed(first, 4));
      const [send] = await typed(check, 0);
      await typed(send, 0);
      await mustBeComplete();
      await recording.matches('steward-gb18030');
    },
  );

  await scene('a few wrong records are mended in the fix-file and join the dataset', async () => {
    await desk.put('restaurants.csv', register.withTypingErrors(rows));
    const commands = await typed(first, 0);
    const [getFixFile, sendFixes] = [told('uploads show', commands), told('upload ', commands)];
    await typed(getFixFile, 0);
    const fixFile = 'restaurants-fixes.csv';
    const [head, ...rejected] = (await desk.read(fixFile)).trimEnd().split('\n');
    expect({ head, count: rejected.length }).toEqual({ head: `\uFEFF${register.columns.join(',')},errors`, count: 3 });
    const right = good.split('\n');
    await desk.put(fixFile, `${head}\n${[21, 31, 42].map((line) => `${right[line]},\n`).join('')}`);
    await typed(sendFixes, 0);
    expect(await newest()).toMatchObject({ state: 'accepted', rows: { read: 3, accepted: 3, rejected: 0 } });
    await recording.matches('steward-fix-file');
  });

  await scene('the same in Chinese', async () => {
    await desk.put('restaurants.csv', register.throughSpreadsheet(rows));
    await recording.type('commerce', `--lang zh ${first} --records 2`, 4);
    await desk.put('restaurants.csv', register.withOtherNames(rows));
    await recording.type('commerce', `--lang zh ${first}`, 4);
    await desk.put('restaurants.csv', register.withTypingErrors(rows));
    await recording.type('commerce', `--lang zh ${first}`, 0);
    await recording.type('commerce', '--lang zh uploads --limit 3', 0);
    await recording.matches('steward-chinese');
  });

  await scene('a table as people keep it is cleaned as told, and sent', async () => {
    await desk.put('restaurants.csv', `餐饮服务许可\n${register.throughSpreadsheet(rows)}合计,,,,,,,,\n制表人：张三\n`);
    const clean = told('clean', await typed(first, 4));
    const [send] = await typed(clean, 0);
    await typed(send, 0);
    await mustBeComplete();
    await recording.matches('steward-clean');
  });
}

/** The transcripts of the documentation are what the screens say: lines with nothing but dots stand for what was left out. */
export async function transcriptsAsRecorded(): Promise<void> {
  const page = await readFile(join(import.meta.dirname, '../../docs/steward-transcripts.md'), 'utf8');
  const folder = join(import.meta.dirname, 'screens');
  const names = (await readdir(folder)).filter((name) => name.startsWith('steward-'));
  const screens = (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  const pieces = [...page.matchAll(/```text\n(.*?)```/gs)].flatMap(([, block]) => (block ?? '').split(/^ *…\n/m));
  expect(pieces.length).toBeGreaterThan(10);
  for (const piece of pieces) expect(screens).toContain(piece.trimEnd());
}
