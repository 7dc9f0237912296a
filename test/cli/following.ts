import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FollowEvent } from '../../clients/cli/follow/events.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
import { amend } from './amend.ts';
import { Terminal } from './terminal.ts';
import type { Printed } from './typed.ts';

const definition = {
  title: '街道',
  provider: 'civil-affairs',
  shareType: 'unconditional',
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'integer' },
      { name: 'name', type: 'string' },
    ],
  },
};

/** A provider's table, whose versions it uploads. */
class Table {
  readonly resourceId: string;
  readonly streets = new Map(Array.from({ length: 300 }, (_, index) => [index, `street ${index}`]));
  readonly #at: Place;
  datasets = 0;

  private constructor(at: Place, resourceId: string) {
    this.#at = at;
    this.resourceId = resourceId;
  }

  /** A resource of its own with one dataset. */
  static async of(at: Place, resourceId: string): Promise<Table> {
    const table = new Table(at, resourceId);
    await at.city.publish('civil-affairs', resourceId, definition);
    await table.#upload();
    return table;
  }

  async #upload(): Promise<void> {
    const lines = ['code,name', ...this.rows()];
    const { state } = await this.#at.city.upload('civil-affairs', this.resourceId, `${lines.join('\n')}\n`);
    expect(state).toBe('accepted');
    this.datasets += 1;
  }

  /** Another version of the table: a name that is new, a street that is gone, one that has come. */
  async change(): Promise<void> {
    const [first = 0] = this.streets.keys();
    this.streets.delete(first);
    this.streets.set(first + 7, `renamed in ${this.datasets}`);
    this.streets.set(1000 + this.datasets, 'new');
    await this.#upload();
  }

  subscribe(department: string, format = 'csv'): Promise<Agreement> {
    const terms = { fields: ['code', 'name'], content: 'changes', format };
    return this.#at.city.agree(department, 'civil-affairs', this.resourceId, terms);
  }

  /** Until the hub has released what belongs to the newest dataset. */
  async released(department: string): Promise<void> {
    await eventually(
      () => this.#at.city.as(department).call(routes.listDeliveries, { query: { limit: 100 } }),
      ({ items }) =>
        items.some(
          ({ resourceId, datasetVersion, state }) =>
            resourceId === this.resourceId && datasetVersion === this.datasets && state === 'noticed',
        ),
    );
  }

  rows(): string[] {
    return [...this.streets].map(([code, name]) => `${code},${name}`);
  }
}

/**
 * `hub follow` beside a running hub, each case with a resource and a department of its own.
 * @param stride of the changes in its folder at which a follower is killed
 */
export function following(at: Place, stride: number): void {
  let desk: Terminal;
  beforeAll(async () => void (desk = await Terminal.beside(at.hub)));
  afterAll(() => desk?.close());

  const as = (department: string) => ({ env: { AWS_PROFILE: department } });
  const once = (table: Table, department: string, file = `${department}.csv`): Promise<Printed> =>
    desk.hub(`follow ${table.resourceId} --to ${file} --once --json`, as(department));
  const events = ({ out }: Printed): FollowEvent[] =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as FollowEvent);

  const rowsIn = async (file: string) => (await desk.read(file)).trimEnd().split('\n').slice(1).toSorted();

  // Side by side: each of them waits most of the time for its mailbox.
  test.concurrent('a copy follows from the snapshot through edits, and says what was done', async () => {
    const table = await Table.of(at, 'streets-flood');
    await table.subscribe('command-flood');
    await table.released('command-flood');
    expect(events(await once(table, 'command-flood'))).toMatchObject([
      { event: 'applied', content: 'snapshot', datasetVersion: 1, rows: 300 },
      { event: 'current', datasetVersion: 1 },
    ]);
    await table.change();
    await table.change();
    await table.released('command-flood');

    const second = await once(table, 'command-flood');

    expect({ code: second.code, err: second.err }).toEqual({ code: 0, err: '' });
    expect(events(second)).toMatchObject([
      { event: 'applied', content: 'changes', datasetVersion: 2, changes: { inserted: 1, updated: 1, deleted: 1 } },
      { event: 'applied', content: 'changes', datasetVersion: 3 },
      { event: 'current', datasetVersion: 3 },
    ]);
    expect(await rowsIn('command-flood.csv')).toEqual(table.rows().toSorted());
    expect(events(await once(table, 'command-flood'))).toMatchObject([{ event: 'current', datasetVersion: 3 }]);
    expect(await at.city.peek('command-flood')).toEqual([]);

    await step('a copy that somebody has changed, or removed, is made anew from the history', async () => {
      await desk.file('command-flood.csv', 'code,name\n1,mine\n');
      expect(events(await once(table, 'command-flood'))[0]).toEqual({
        event: 'lost',
        reason: 'changed',
        file: 'command-flood.csv',
      });
      expect(await rowsIn('command-flood.csv')).toEqual(table.rows().toSorted());
      await rm(join(desk.folder, 'command-flood.csv'));
      expect(events(await once(table, 'command-flood'))[0]).toMatchObject({ event: 'lost', reason: 'missing' });
      expect(await rowsIn('command-flood.csv')).toEqual(table.rows().toSorted());
    });
  });

  test.concurrent('a daemon whose agreement ends while nothing comes leaves at its next look at the history', async () => {
    const table = await Table.of(at, 'streets-ended');
    const { agreementId } = await table.subscribe('command-fire');
    await table.released('command-fire');
    expect((await once(table, 'command-fire')).code).toBe(0);
    await at.city
      .as('command-fire')
      .call(routes.terminateAgreement, { params: { agreementId }, body: { reason: 'no need' } });
    const { code, err } = await desk.hub(`follow ${agreementId} --to command-fire.csv`, as('command-fire'));
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('command-fire.csv stays as it is') });
  });

  test.concurrent('under an agreement that has ended it says so and leaves', async () => {
    const table = await Table.of(at, 'streets-idle');
    const { agreementId } = await table.subscribe('command-traffic');
    await table.released('command-traffic');
    await at.city
      .as('command-traffic')
      .call(routes.terminateAgreement, { params: { agreementId }, body: { reason: 'no need' } });
    const named = await desk.hub(`follow ${agreementId} --to command-traffic.csv --once`, as('command-traffic'));
    expect({ code: named.code, err: named.err }).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Agreement ${agreementId} has ended`),
    });
    const idle = await desk.hub(`follow ${table.resourceId} --once`, as('command-traffic'));
    expect(idle.err).toContain('command-traffic has no active agreement on streets-idle.');
  });

  test.concurrent('killed at each change in its folder, it goes on when it is started again, and the file is whole throughout', async () => {
    const table = await Table.of(at, 'streets-killed');
    await table.subscribe('command-snow', 'ndjson');
    await table.released('command-snow');
    await table.change();
    await table.released('command-snow');
    let kills = 0;
    for (let moment = 1; moment < 40; moment += stride) {
      const { code } = await desk.hub(`follow ${table.resourceId} --to command-snow.ndjson --once --json`, {
        env: {
          ...as('command-snow').env,
          NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'dies-at.ts')).href}`,
          DIES_AT: String(moment),
          DIES_IN: 'command-snow.ndjson',
        },
      });
      if (code === 0) break;
      expect(code).toBe('SIGKILL');
      kills += 1;
      const stands = await readFile(join(desk.folder, 'command-snow.ndjson'), 'utf8').catch(() => undefined);
      if (stands !== undefined)
        expect(
          stands
            .trimEnd()
            .split('\n')
            .map((line) => typeof JSON.parse(line)),
        ).toHaveLength(300);
    }
    expect(kills).toBeGreaterThan(2);
    const again = await once(table, 'command-snow', 'command-snow.ndjson');
    expect({ code: again.code, last: events(again).at(-1) }).toMatchObject({
      code: 0,
      last: { event: 'current', datasetVersion: table.datasets },
    });
    const found = (await desk.read('command-snow.ndjson')).trimEnd().split('\n').toSorted();
    expect(found).toEqual([...table.streets].map(([code, name]) => JSON.stringify({ code, name })).toSorted());
    expect(await readdir(join(desk.folder, 'command-snow.ndjson.hub/work'))).toEqual([]);
  });

  test.concurrent('a daemon applies what comes, makes up for lost notices, and leaves other agreements’ notices', async () => {
    const table = await Table.of(at, 'streets-lines');
    const other = await at.city.agree('command-earthquake', 'civil-affairs', table.resourceId, { fields: ['code'] });
    const { agreementId } = await table.subscribe('command-earthquake');
    await table.released('command-earthquake');
    const wanted = await desk.hub(`follow ${table.resourceId} --once`, as('command-earthquake'));
    expect({ code: wanted.code, err: wanted.err }).toMatchObject({
      code: 2,
      err: expect.stringContaining(`hub follow ${agreementId} --to FILE`),
    });
    const daemon = desk.start(`follow ${agreementId} --to command-earthquake.csv --json`, as('command-earthquake'));
    await daemon.says('"content":"snapshot"');
    await table.change();
    await daemon.says(`"datasetVersion":${table.datasets}`);
    const second = await desk.hub(`follow ${agreementId} --to command-earthquake.csv --once`, as('command-earthquake'));
    expect({ code: second.code, err: second.err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('Another hub follow is running on command-earthquake.csv.hub.'),
    });
    daemon.child.kill('SIGTERM');
    expect((await daemon.printed).code).toBe(0);
    expect(await rowsIn('command-earthquake.csv')).toEqual(table.rows().toSorted());
    const left = await eventually(
      () => at.city.peek('command-earthquake', 5),
      ({ length }) => length > 0,
    );
    expect(new Set(left.map((notice) => notice.agreementId))).toEqual(new Set([other.agreementId]));
  });

  test.concurrent('a watch that runs programs leaves edits to the one that follows', async () => {
    const table = await Table.of(at, 'streets-watched');
    await table.subscribe('command-utilities');
    await table.released('command-utilities');
    const watch = () => desk.hub("watch --exec 'true' --to watched --once --json", as('command-utilities'));
    expect((await watch()).code).toBe(0);
    await table.change();
    await table.released('command-utilities');
    const { code, out } = await watch();
    expect({ code, told: JSON.parse(out.trim().split('\n')[0]!) as unknown }).toMatchObject({
      code: 0,
      told: { event: 'left', datasetVersion: table.datasets },
    });
    expect((await once(table, 'command-utilities')).code).toBe(0);
    expect(await rowsIn('command-utilities.csv')).toEqual(table.rows().toSorted());
  });

  test.concurrent('an amendment begins the copy anew, with the fields of the new terms, and edits go on from there', async () => {
    const table = await Table.of(at, 'streets-amended');
    const agreement = await table.subscribe('command-construction');
    await table.released('command-construction');
    expect((await once(table, 'command-construction')).code).toBe(0);
    await at.city.as('civil-affairs').call(routes.suspendAgreement, {
      params: { agreementId: agreement.agreementId },
      body: { reason: 'other terms' },
    });
    await table.change();
    await amend(at.city, agreement, { fields: ['name', 'code'] });
    const waiting = await once(table, 'command-construction');
    expect({ code: waiting.code, told: events(waiting).map(({ event }) => event) }).toEqual({
      code: 0,
      told: ['suspended', 'current'],
    });
    await at.city
      .as('civil-affairs')
      .call(routes.resumeAgreement, { params: { agreementId: agreement.agreementId }, body: { reason: 'agreed' } });
    await table.released('command-construction');

    const anew = await once(table, 'command-construction');

    expect({ code: anew.code, events: events(anew) }).toMatchObject({
      code: 0,
      events: [{ event: 'applied', content: 'snapshot', datasetVersion: table.datasets }, { event: 'current' }],
    });
    const swapped = () => [...table.streets].map(([code, name]) => `${name},${code}`).toSorted();
    expect(await rowsIn('command-construction.csv')).toEqual(swapped());
    await table.change();
    await table.released('command-construction');
    expect(events(await once(table, 'command-construction'))).toMatchObject([
      { event: 'applied', content: 'changes' },
      { event: 'current' },
    ]);
    expect(await rowsIn('command-construction.csv')).toEqual(swapped());
  });
}
