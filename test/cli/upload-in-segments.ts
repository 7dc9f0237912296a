import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Place } from '../support/place.ts';
import { Desk } from './upload-desk.ts';
import * as files from './upload-files.ts';
import { Tunnel } from './upload-tunnel.ts';

const MiB = 1024 ** 2;

/** `hub upload` of a file in segments. */
export function sendingSegments(at: Place): void {
  let desk: Desk;
  beforeAll(async () => {
    await at.city.publish('quality', 'days', files.aTolerantDefinition());
    desk = await Desk.of(at.hub, 'quality');
  });
  afterAll(() => desk?.leave());

  test('sends a file in segments', async () => {
    const line = (index: number) => `${index},2020-12-31\n`;
    await desk.put('big.csv', `code,day\n${Array.from({ length: 200_000 }, (_, index) => line(index)).join('')}`);
    const { out } = await desk.hub('--json upload big.csv --resource days --segment-size 1');
    expect(JSON.parse(out) as Upload).toMatchObject({ state: 'accepted', segments: 4, rows: { read: 200_000 } });
  });

  test('killed between the segments and typed again, it goes on with the same upload', async () => {
    const line = '7,2020-12-31\n';
    await desk.put('large.csv', `code,day\n${line.repeat(Math.ceil((30 * MiB) / line.length))}`);
    const send = 'upload large.csv --resource days --segment-size 5';
    const sent = async () => {
      const [name] = await readdir(desk.journals).catch(() => []);
      const journal = name === undefined ? '' : await readFile(join(desk.journals, name), 'utf8');
      return [...journal.matchAll(/^part \d+$/gm)].length;
    };
    const tunnel = await Tunnel.open(4 * MiB);
    const someAreSent = async () => {
      while ((await sent()) < 2) await pause(5);
    };
    await desk.killed(send, tunnel.env, someAreSent());
    await tunnel.close();
    expect(await sent()).toBeLessThan(6);
    const again = await desk.hub(send);
    expect(again.err).toContain('of 6 parts are there already');
    const { items } = await at.city.as('quality').call(routes.listUploads, { query: { resourceId: 'days' } });
    expect(items.filter(({ segments }) => segments === 6)).toMatchObject([
      { state: 'accepted', rows: { rejected: 0 } },
    ]);
  });
}
