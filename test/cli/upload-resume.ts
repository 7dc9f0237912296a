import { readFile, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Place } from '../support/place.ts';
import { Desk } from './upload-desk.ts';
import * as files from './upload-files.ts';
import { Tunnel } from './upload-tunnel.ts';

/** Uploads that are interrupted and go on. */
export function goingOn(at: Place): void {
  const MiB = 1024 ** 2;
  /** Slow enough that a process can be killed between the first part and the last. */
  const SLOW = 4 * MiB;
  const upload = 'upload big.csv --resource days --part-size 5';

  let desk: Desk;
  let tunnel: Tunnel;
  let content: string;
  let serial = 0;

  beforeAll(async () => {
    await at.city.publish('quality', 'days', files.aTolerantDefinition());
  });
  beforeEach(async () => {
    desk = await Desk.of(at.hub, 'quality');
    tunnel = await Tunnel.open(SLOW);
    const line = `${(serial += 1)},2020-12-31\n`;
    content = `code,day\n${line.repeat(Math.ceil((30 * MiB) / line.length))}`;
    await desk.put('big.csv', content);
  });
  afterEach(async () => {
    await desk.leave();
    await tunnel.close();
  });

  const bytes = () => Buffer.byteLength(content);
  const journal = async (): Promise<string> => {
    const [name] = await readdir(desk.journals).catch(() => []);
    return name === undefined ? '' : readFile(join(desk.journals, name), 'utf8');
  };
  const PART = 5 * MiB;
  const sentParts = async () => [...(await journal()).matchAll(/^part (\d+)$/gm)].map(([, number]) => Number(number));
  const partsSent = async () => (await sentParts()).length;
  /** Bytes of the file's parts that are not among these; the last one is short, and may well be there before others. */
  const bytesWithout = (parts: readonly number[]) =>
    bytes() - parts.reduce((sum, number) => sum + Math.min(PART, bytes() - (number - 1) * PART), 0);

  /** Waits for a state of the journal; the test's own time limit ends it. */
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await pause(5);
  };

  /** Through a network of its own: what a killed process left in the buffers of the first is still on its way there. */
  const sentBy = async (line: string) => {
    const own = await Tunnel.open();
    const printed = await desk.hub(line, own.env);
    await own.close();
    return { ...printed, sent: own.sent };
  };

  const uploadsOf = async (): Promise<Upload[]> => {
    const { items } = await at.city.as('quality').call(routes.listUploads, { query: { resourceId: 'days' } });
    const sha256 = items[0]!.sha256;
    return items.filter((item) => item.sha256 === sha256);
  };

  const mustHaveArrivedOnce = async () => {
    const same = await uploadsOf();
    expect(same).toHaveLength(1);
    expect(same[0]).toMatchObject({ state: 'accepted', bytes: bytes(), rows: { rejected: 0 } });
    expect(await readdir(desk.journals)).toEqual([]);
  };

  test('killed between the parts and typed again, it goes on: parts that are there are not sent again', async () => {
    const killed = await desk.killed(
      upload,
      tunnel.env,
      until(async () => (await partsSent()) >= 2),
    );
    expect(killed.code).toBe('SIGKILL');
    const parts = await sentParts();
    const there = parts.length;
    expect(there).toBeLessThan(7);
    const again = await sentBy(upload);
    expect(again.code).toBe(0);
    expect(again.err).toMatch(new RegExp(`Going on with upload \\w{26}: ${there} of 7 parts are there already`));
    expect(again.sent).toBeLessThan(bytesWithout(parts) + PART / 2);
    await mustHaveArrivedOnce();
  });

  test('without its notes it asks the hub which parts are there', async () => {
    await desk.killed(
      upload,
      tunnel.env,
      until(async () => (await partsSent()) >= 2),
    );
    const there = await sentParts();
    await rm(desk.journals, { recursive: true });
    const again = await sentBy(upload);
    expect(again.code).toBe(0);
    expect(again.sent).toBeLessThan(bytesWithout(there) + PART / 2);
    await mustHaveArrivedOnce();
  });

  test('a network that goes and comes costs no more than the parts under way', async () => {
    const going = desk.hub(upload, tunnel.env);
    await until(async () => (await partsSent()) >= 1);
    tunnel.cut();
    await pause(300);
    tunnel.mend();
    expect((await going).code).toBe(0);
    expect(tunnel.sent).toBeLessThan(bytes() + 5 * PART);
    await mustHaveArrivedOnce();
  });

  test('killed while it waits for the verdict and typed again, it tells that verdict and sends nothing', async () => {
    const own = await Tunnel.open();
    own.withholdFrom(/^GET \/v1\/uploads\/\w+ HTTP/);
    const waiting = until(async () => (await partsSent()) === 7 && (await uploadsOf())[0]?.state !== 'awaiting');
    await desk.killed(upload, own.env, waiting);
    await own.close();
    expect((await sentBy(upload)).sent).toBeLessThan(MiB);
    await mustHaveArrivedOnce();
  });

  test('one PUT that was killed is sent again as the same upload', async () => {
    const line = 'upload big.csv --resource days';
    await desk.killed(
      line,
      tunnel.env,
      until(async () => (await journal()).includes('upload ')),
    );
    expect((await desk.hub(line)).code).toBe(0);
    await mustHaveArrivedOnce();
  });

  test('a file that changes while it is sent is told, and nothing of it is taken', async () => {
    const going = desk.hub(upload, tunnel.env);
    // The first parts are on their way, the last ones not yet.
    await until(async () => (await journal()).includes('upload '));
    await utimes(join(desk.terminal.folder, 'big.csv'), new Date(), new Date('2031-01-01'));
    const said = await going;
    expect(said.code).toBe(1);
    expect(said.err).toMatch(/big.csv has changed while it was being sent/);
    expect((await uploadsOf())[0]).toMatchObject({ state: 'awaiting' });
  });

  test('what is noted on this machine is ids and part numbers, nothing of the file', async () => {
    await desk.killed(
      upload,
      tunnel.env,
      until(async () => (await partsSent()) >= 2),
    );
    expect(await journal()).toMatch(/^key [0-9a-f-]{36}\nupload \w{26}\n(part \d+\n)+$/);
  });

  test('sent without waiting, the verdict is told by the command that it prints', async () => {
    const sent = await desk.hub(`${upload} --no-wait`);
    expect(sent.code).toBe(0);
    const [show] = Desk.commandsOn(sent.out);
    await until(async () => (await uploadsOf())[0]?.state === 'accepted');
    expect((await desk.hub(show!)).out).toMatch(/\S/);
    await mustHaveArrivedOnce();
  });

  test('Ctrl-C tells how far it came and that the same command goes on', async () => {
    const { child, printed } = desk.terminal.start(upload, { env: tunnel.env });
    await until(async () => (await partsSent()) >= 1);
    child.kill('SIGINT');
    const { code, err } = await printed;
    expect(code).toBe(1);
    expect(err).toMatch(/Stopped; big\.csv is upload \w{26}: \d of 7 parts are there.*The same command goes on/s);
    expect((await desk.hub(upload)).code).toBe(0);
    await mustHaveArrivedOnce();
  });
}
