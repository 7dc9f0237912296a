import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WatchEvent } from '../../clients/cli/watch/events.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { eventually } from '../support/city.ts';
import { isLong } from '../support/long.ts';
import type { Place } from '../support/place.ts';
import { amend } from './amend.ts';
import { Terminal } from './terminal.ts';
import type { Printed } from './typed.ts';
import { Tunnel } from './upload-tunnel.ts';

const definition = {
  title: '街道',
  provider: 'civil-affairs',
  shareType: 'unconditional',
  schema: { primaryKey: ['code'], fields: [{ name: 'code', type: 'string' }] },
};

/** `hub watch` beside a running hub, each case with a department of its own. */
export function watching(at: Place): void {
  let desk: Terminal;
  beforeAll(async () => {
    desk = await Terminal.beside(at.hub);
    await provided('streets', 2);
  });
  afterAll(() => desk?.close());

  const upload = async (resourceId: string, ...codes: string[]) =>
    expect((await at.city.upload('civil-affairs', resourceId, ['code', ...codes].join('\n').concat('\n'))).state).toBe(
      'accepted',
    );

  /** A resource with so many datasets. Most share one; where more come, it is of that case alone. */
  async function provided(resourceId: string, datasets: number): Promise<void> {
    await at.city.publish('civil-affairs', resourceId, definition);
    for (let version = 1; version <= datasets; version += 1) await another(resourceId, version);
  }

  async function another(resourceId: string, version: number): Promise<void> {
    await upload(resourceId, '1', ...(version > 1 ? [String(version)] : []));
    // One that is planned later still would also go to who agrees meanwhile.
    await eventually(
      () => at.hub.functionLogs('dispatch'),
      (logs) =>
        logs
          .split('\n')
          .filter((line) => line.includes('"dataset planned"'))
          .map((line) => JSON.parse(line) as { resourceId?: string; datasetVersion?: number })
          .some((planned) => planned.resourceId === resourceId && planned.datasetVersion === version),
    );
  }

  const subscribe = (department: string, resourceId = 'streets') =>
    at.city.agree(department, 'civil-affairs', resourceId, { fields: ['code'] });

  async function deliveriesTo(department: string): Promise<Delivery[]> {
    const items: Delivery[] = [];
    for await (const delivery of at.city.as(department).list(routes.listDeliveries, {})) items.push(delivery);
    return items;
  }

  const noticed = (department: string, count: number) =>
    eventually(
      () => deliveriesTo(department),
      (items) => items.filter(({ state }) => state === 'noticed').length === count,
    );

  /** By version: datasets that come close together may be released in another order. */
  const receipts = async (department: string) =>
    (await deliveriesTo(department))
      .toSorted((a, b) => a.datasetVersion - b.datasetVersion)
      .map(({ datasetVersion, receivedAt }) => [datasetVersion, receivedAt !== undefined]);

  /** A program that counts its runs, and in the first one does something else, too. */
  async function consumer(department: string, inItsFirstRun = ''): Promise<void> {
    await mkdir(join(desk.folder, department));
    const program = `#!/bin/sh
cd ${desk.folder}/${department}
first=no; mkdir begun 2>/dev/null && first=yes
echo "$HUB_DATASET_VERSION" >> runs
cp "$1" copy.new && mv copy.new copy
echo "begin $$" >> order
if [ $first = yes ]; then
  :
  ${inItsFirstRun}
fi
echo "end $$" >> order
`;
    await desk.file(`${department}/load.sh`, program, 0o755);
  }

  const line = (department: string, more: string) =>
    `watch --exec 'exec ./${department}/load.sh' --to ${department}/in ${more}`;
  const as = (department: string) => ({ env: { AWS_PROFILE: department } });
  const once = (department: string, more = ''): Promise<Printed> =>
    desk.hub(line(department, `--once --json ${more}`), as(department));
  const runs = async (department: string) => (await desk.read(`${department}/runs`)).trim().split('\n').map(Number);
  const events = ({ out }: Printed) =>
    out
      .split('\n')
      .filter(Boolean)
      .map((text) => JSON.parse(text) as WatchEvent & { datasetVersion?: number });
  const told = (printed: Printed) => events(printed).map(({ event, datasetVersion }) => `${event} ${datasetVersion}`);

  /** Ends the watch, which is the program's parent, from beside: as soon as its journal says so. */
  const killWhen = (journal: string) =>
    `(until grep -q '${journal}' in/watch.json; do sleep 0.01; done; kill -9 $PPID) >/dev/null 2>&1 &`;

  // Side by side: each of them waits most of the time for its mailbox.
  const moments: readonly (readonly [string, string, string, number[] | undefined])[] = [
    ['before its program has done anything', 'tax', 'rm runs copy order; kill -9 $PPID; exit 1', [2]],
    ['after the work, before the program has ended', 'press', 'kill -9 $PPID; sleep 1', [2, 2]],
    ['at the moment that its program succeeds', 'health', '(sleep 0.05; kill -9 $PPID) >/dev/null 2>&1 &', undefined],
    ['as soon as the success is noted', 'housing', killWhen('"datasetVersion": 2'), [2]],
    ['as soon as the receipt is noted', 'planning', killWhen('"receipt": true'), [2]],
  ];
  test.concurrent.each(isLong ? moments : moments.slice(3, 4))(
    'a watch that is killed %s goes on when it is started again; nothing is lost, and there is one receipt',
    async (_, department, kill, expected) => {
      await subscribe(department);
      await noticed(department, 1);
      await consumer(department, kill);
      // Without `--once` it never ends by itself, however late the kill comes.
      const killed = await desk.hub(line(department, '--json'), as(department));
      const before = await deliveriesTo(department);

      const again = await once(department);

      expect({ code: again.code, err: again.err }).toEqual({ code: 0, err: '' });
      expect(killed.code).toBe('SIGKILL');
      if (expected) expect(await runs(department)).toEqual(expected);
      expect(await desk.read(`${department}/copy`)).toBe('code\n1\n2\n');
      const [after] = await deliveriesTo(department);
      expect(after?.receivedAt).toBeDefined();
      if (before[0]?.receivedAt !== undefined) expect(after?.receivedAt).toBe(before[0].receivedAt);
      expect(told(await once(department))).toEqual([]);
      if (department !== 'press') return;
      // The program of a killed watch is waited for, so that two never run at once.
      const order = (await desk.read('press/order'))
        .trim()
        .split('\n')
        .map((text) => text.split(' ')[0]);
      expect(order).toEqual(['begin', 'end', 'begin', 'end']);
    },
  );

  test.concurrent('a watch that is killed with half a file on its disk leaves nothing half done', async () => {
    await subscribe('emergency');
    await noticed('emergency', 1);
    await consumer('emergency');
    const network = await Tunnel.open();
    network.withholdFrom(/^GET \/hub-/);
    const folder = join(desk.folder, 'emergency/in');
    const started = desk.start(line('emergency', '--once --json'), { env: { ...as('emergency').env, ...network.env } });
    await eventually(
      () => halfFiles(folder),
      ([half]) => half !== undefined && half.size > 0,
    );
    started.child.kill('SIGKILL');
    expect((await started.printed).code).toBe('SIGKILL');
    await network.close();

    const again = await once('emergency');

    expect(told(again)).toEqual(['processed 2']);
    expect(await runs('emergency')).toEqual([2]);
    expect((await readdir(folder, { recursive: true })).filter((name) => /part|new/.test(name))).toEqual([]);
  });

  /** What a download has on the disk before the file is whole. */
  async function halfFiles(folder: string): Promise<{ size: number }[]> {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    return Promise.all(names.filter((name) => name.endsWith('.part')).map((name) => stat(join(folder, name))));
  }

  test.concurrent('when the program fails there is no receipt; when it succeeds later there is', async () => {
    await subscribe('culture');
    await noticed('culture', 1);
    await consumer('culture', 'exit 7');
    const failed = await once('culture');
    expect(failed.code).toBe(1);
    expect(events(failed)).toMatchObject([
      { event: 'failed', tries: 1, retryInSeconds: 10, reason: expect.stringContaining('ended with 7') },
    ]);
    expect(await receipts('culture')).toEqual([[2, false]]);

    expect(told(await once('culture'))).toEqual(['processed 2']);

    expect(await receipts('culture')).toEqual([[2, true]]);
  });

  test.concurrent('a message that got lost is found in the history', async () => {
    await subscribe('commerce');
    await at.city.mailbox('commerce').then(async (mailbox) => {
      const [message] = await eventually(
        () => mailbox.poll(2),
        ({ length }) => length > 0,
      );
      if (message) await mailbox.remove(message);
      mailbox.close();
    });
    await consumer('commerce');
    expect(told(await once('commerce'))).toEqual(['processed 2']);
  });

  test.concurrent('under an agreement that has ended nothing is fetched, and that is no failure', async () => {
    const { agreementId } = await subscribe('quality');
    await noticed('quality', 1);
    await at.city
      .as('quality')
      .call(routes.terminateAgreement, { params: { agreementId }, body: { reason: 'no need' } });
    await consumer('quality');
    const printed = await once('quality');
    expect({ code: printed.code, told: told(printed) }).toEqual({ code: 0, told: ['skipped 2'] });
  });

  test.concurrent('while its agreement is suspended a delivery waits in the mailbox, which is said once and is no failure', async () => {
    const { agreementId } = await subscribe('work-safety');
    await noticed('work-safety', 1);
    await at.city
      .as('civil-affairs')
      .call(routes.suspendAgreement, { params: { agreementId }, body: { reason: 'an error in the data' } });
    await consumer('work-safety');
    const waiting = await once('work-safety');
    expect({ code: waiting.code, told: told(waiting) }).toEqual({ code: 0, told: ['suspended 2'] });
    expect(await receipts('work-safety')).toEqual([[2, false]]);
    await at.city
      .as('civil-affairs')
      .call(routes.resumeAgreement, { params: { agreementId }, body: { reason: 'mended' } });

    expect(told(await once('work-safety'))).toEqual(['processed 2']);

    expect(await receipts('work-safety')).toEqual([[2, true]]);
  });

  test.concurrent('after an amendment the delivery under the new terms is processed, though its dataset is the same', async () => {
    const agreement = await subscribe('establishment');
    await noticed('establishment', 1);
    await consumer('establishment');
    expect(told(await once('establishment'))).toEqual(['processed 2']);
    await amend(at.city, agreement, { purpose: 'another statutory duty' });
    await noticed('establishment', 2);

    const printed = await once('establishment');

    expect({ told: told(printed), runs: await runs('establishment') }).toEqual({ told: ['processed 2'], runs: [2, 2] });
    expect(JSON.parse(await desk.read('establishment/in/watch.json'))).toMatchObject({
      agreements: { [agreement.agreementId]: { termsVersion: 2, receipt: true } },
    });
  });

  test.concurrent('a delivery that an amendment has replaced before it was fetched is left for good', async () => {
    const agreement = await subscribe('district-dongcheng');
    await noticed('district-dongcheng', 1);
    await at.city.as('civil-affairs').call(routes.suspendAgreement, {
      params: { agreementId: agreement.agreementId },
      body: { reason: 'other terms are needed' },
    });
    await amend(at.city, agreement, { purpose: 'another statutory duty' });
    await consumer('district-dongcheng');
    const printed = await once('district-dongcheng');
    expect({ code: printed.code, told: told(printed) }).toEqual({ code: 0, told: ['skipped 2'] });
    expect(events(printed)).toMatchObject([{ reason: 'replaced' }]);
  });

  test.concurrent('of a backlog the newest is processed; older ones never after it, not even by a watch that remembers nothing', async () => {
    await provided('streets-behind', 2);
    await subscribe('surveying', 'streets-behind');
    await noticed('surveying', 1);
    await another('streets-behind', 3);
    await another('streets-behind', 4);
    await noticed('surveying', 3);
    await consumer('surveying');
    const printed = await once('surveying');
    expect(told(printed)[0]).toBe('processed 4');
    expect(told(printed).toSorted()).toEqual(['processed 4', 'skipped 2', 'skipped 3']);
    expect(await runs('surveying')).toEqual([4]);
    expect(await receipts('surveying')).toEqual([
      [2, false],
      [3, false],
      [4, true],
    ]);

    const forgetful = await desk.hub(line('surveying', '--once --json').replace('/in', '/empty'), as('surveying'));

    expect(told(forgetful)).toEqual([]);
    expect(await runs('surveying')).toEqual([4]);
  });

  test.concurrent('a daemon takes what comes, keeps the newest file only, and ends in order; nobody else works in its folder, nor another department after it', async () => {
    await provided('streets-daemon', 4);
    await subscribe('landscaping', 'streets-daemon');
    await consumer('landscaping');
    const daemon = desk.start(line('landscaping', ''), as('landscaping'));
    await daemon.says('processed  streets-daemon 4');
    await another('streets-daemon', 5);
    await daemon.says('processed  streets-daemon 5');
    const second = await once('landscaping');
    expect(second.code).toBe(2);
    expect(second.err).toContain('Another hub watch is running on landscaping/in.');

    daemon.child.kill('SIGTERM');

    expect((await daemon.printed).code).toBe(0);
    expect(await runs('landscaping')).toEqual([4, 5]);
    expect(await readdir(join(desk.folder, 'landscaping/in'), { recursive: true })).toEqual(
      expect.arrayContaining([expect.stringMatching(/5\.csv$/)]),
    );
    expect((await readdir(join(desk.folder, 'landscaping/in'), { recursive: true })).join()).not.toMatch(/4\.csv/);

    const other = await desk.hub(line('landscaping', '--once'), as('tax'));
    expect(other.code).toBe(2);
    expect(other.err).toContain('belongs to the watch of landscaping');
  });

  test.concurrent('that there is no active agreement is said at once', async () => {
    const typed = 'watch --exec true --once --to idle --resource streets';
    expect(await desk.hub(typed, as('discipline-xuanwu'))).toMatchObject({
      code: 0,
      err: expect.stringMatching(
        /^discipline-xuanwu has no active agreement on streets: .*hub agreements --resource streets/,
      ),
    });
    expect((await desk.hub(`${typed} --lang zh`, as('discipline-xuanwu'))).err).toMatch(
      /^discipline-xuanwu 对 streets 没有生效的共享协议/,
    );
  });

  test.concurrent('a journal that cannot be understood is told, with what to do', async () => {
    await mkdir(join(desk.folder, 'odd'));
    await desk.file('odd/watch.json', '{');
    const { code, err } = await desk.hub('watch --exec true --to odd --once', as('tax'));
    expect(code).toBe(1);
    expect(err).toMatch(/odd\/watch\.json cannot be understood.*Remove it: the receipts/s);
  });

  test.concurrent('one line keeps a local copy current', async () => {
    await subscribe('court-shijingshan');
    await noticed('court-shijingshan', 1);
    const typed = "watch --exec 'cp {} streets.csv' --resource streets --once --to court";
    expect((await desk.hub(typed, as('court-shijingshan'))).code).toBe(0);
    expect(await desk.read('streets.csv')).toMatch(/^code\n1\n/);
  });
}
