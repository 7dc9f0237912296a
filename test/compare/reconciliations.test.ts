import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { deathsAt, isLong, played, searched } from '../support/long.ts';
import { forgetDue } from '../support/marks.ts';
import { aHub, records, type TestHub } from './hub.ts';
import { reconcilingOn, type Reconciling } from './reconciling.ts';

let aws: LocalAws;
let hub: TestHub;
let on: Reconciling;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
afterEach(() => forgetDue(aws.table));
beforeEach(async () => {
  hub = await aHub(aws);
  on = await reconcilingOn(hub, aws);
});

const header = 'org_code,name,own\n';
const first = `${header}11-1,北京第一机床厂,a\n11-2,王家商行,b\n99-9,无名,c\n`;
const whole = [
  'new,11-1,北京第一机床厂,a,match,,110105',
  'new,11-2,王家商行,b,mismatch,name,',
  'new,99-9,无名,c,absent,,',
];
/** The register has the name that the list has by now. */
const renamed = records.map((record) =>
  record[0] === '11-2' ? record.map((cell, i) => (i === 1 ? '王家商行' : cell)) : record,
);

describe('a standing order', () => {
  test('is run at once, and then where either side has new data: only what is different is delivered', async () => {
    await hub.dataset();
    await on.taxpayers(1, [first.slice(0, 40), first.slice(40)]);
    const id = await on.order(await hub.agree());
    await on.settle();
    expect(await on.told(id)).toEqual([whole]);
    await on.settle(20);
    expect(await on.runs(id)).toHaveLength(1);

    await hub.dataset(renamed, 2);
    await on.settle();
    await on.taxpayers(2, `${header}11-1,北京第一机床厂,a\n11-2,王家商行,b\n11-3,长安商贸,d\n`);
    await on.settle();
    expect(await on.told(id)).toEqual([
      whole,
      ['changed,11-2,王家商行,b,match,,110102'],
      ['new,11-3,长安商贸,d,match,,110102', 'gone,99-9,无名,c,absent,,'],
    ]);
    const runs = await on.runs(id);
    expect(runs.map((run) => run.state === 'done' && run.result?.changes)).toEqual([
      { new: 3, changed: 0, gone: 0 },
      { new: 0, changed: 1, gone: 0, since: runs[0]!.comparisonId },
      { new: 1, changed: 0, gone: 1, since: runs[1]!.comparisonId },
    ]);
    expect(runs[2]).toMatchObject({
      rows: { read: 3, rejected: 0 },
      result: { hits: 3, counts: { match: 3 } },
      listOf: { resourceId: on.list, datasetVersion: 2 },
    });
    expect(await on.kept(id)).toBe(1);
    expect([await hub.holds(1), await hub.holds(2)]).toEqual([0, 0]);
  });

  test('weekly waits for its day, and misses none: two datasets of a week are told as one difference', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree(), { every: 'weekly', at: '02:00' });
    await on.settle();
    const order = await on.read(id);
    if (order.state !== 'active') throw new Error(order.state);
    expect(new Date(order.dueAt).getUTCDay()).toBe(0);
    await hub.dataset(renamed, 2);
    await on.taxpayers(2, `${header}11-1,北京第一机床厂,a\n`);
    await on.settle();
    expect(await on.runs(id)).toHaveLength(1);
    hub.later((Date.parse(order.dueAt) - Date.parse(hub.clock.now())) / 1000 + 60);
    await on.settle();
    expect((await on.told(id))[1]).toEqual(['gone,11-2,王家商行,b,mismatch,name,', 'gone,99-9,无名,c,absent,,']);
    // A week that brings nothing has no run, and uses up none of the day's.
    hub.later(8 * 86_400);
    await on.settle();
    expect(await on.runs(id)).toHaveLength(2);
    expect(Date.parse(((await on.read(id)) as typeof order).dueAt)).toBeGreaterThan(Date.parse(hub.clock.now()));
  });

  test('has its runs counted by the day; one that finds no place waits for the next', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const agreement = await hub.agree({ runsPerDay: 2 });
    const [one, two, three] = [await on.order(agreement), await on.order(agreement), await on.order(agreement)];
    await on.settle();
    const ran = async () => (await Promise.all([one, two, three].map((id) => on.runs(id)))).map(({ length }) => length);
    expect((await ran()).reduce((sum, runs) => sum + runs)).toBe(2);
    expect((await hub.announce(agreement)).status).toBe(429);
    await on.settle(20);
    expect((await ran()).reduce((sum, runs) => sum + runs)).toBe(2);
    hub.later(86_400);
    await on.settle();
    expect(await ran()).toEqual([1, 1, 1]);
  });

  test('goes on with the difference to what was told, where a run in between came to nothing', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree({ maxList: 3 }));
    await on.settle();
    await on.taxpayers(2, `${first}11-3,长安商贸,d\n`);
    await on.settle();
    expect((await on.told(id))[1]).toBe('refused');
    await on.settle(20);
    expect(await on.runs(id)).toHaveLength(2);
    await on.taxpayers(3, first.replace('99-9,无名', '11-3,长安商贸'));
    await on.settle();
    expect((await on.told(id))[2]).toEqual(['new,11-3,长安商贸,c,match,,110102', 'gone,99-9,无名,c,absent,,']);
  });

  test('asks its provider before each run, where the terms say so', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree({ approval: 'provider' }));
    await on.settle();
    const [run] = await on.runs(id);
    expect(run).toMatchObject({ state: 'awaiting-approval' });
    expect(await hub.told(run!.comparisonId)).toMatchObject([{ to: 'quality', notice: { event: 'approval-asked' } }]);
    await on.taxpayers(2, `${header}11-1,北京第一机床厂,a\n`);
    await on.settle(12);
    expect(await on.runs(id)).toHaveLength(1);
    const decide = (decision: string, comparisonId: string) =>
      hub.call('decideComparison', 'quality', { params: { comparisonId }, body: { decision } });
    expect((await decide('decline', run!.comparisonId)).status).toBe(200);
    await on.settle(12);
    const [, second] = await on.runs(id);
    expect((await decide('approve', second!.comparisonId)).status).toBe(200);
    await on.settle();
    expect(await on.told(id)).toEqual(['refused', ['new,11-1,北京第一机床厂,a,match,,110105']]);
  });

  test('is woken by another dataset of its list, and otherwise looked at once a day', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree());
    await on.settle();
    let looks = 0;
    hub.life.pauseWith(async (call) => {
      if (call === 'markOf') looks += 1;
    });
    await on.settle(30);
    hub.life.pauseWith(undefined);
    expect(looks).toBeLessThan(3);
    await on.taxpayers(2, `${header}11-1,北京第一机床厂,a\n`);
    await on.settle(2);
    expect((await on.told(id))[1]).toHaveLength(2);
  });

  test('whose query fails is repeated, each time later and not for ever; new data begins at once', async () => {
    hub = await aHub(aws, { mostBytesHere: 0 });
    on = await reconcilingOn(hub, aws);
    const ticking = setInterval(() => hub.timer.tick(), 20);
    const { warehouse } = hub.ports;
    const start = warehouse.start.bind(warehouse);
    try {
      warehouse.start = async () => undefined;
      await hub.dataset();
      await on.taxpayers(1, first);
      const agreement = await hub.agree();
      const id = await on.order(agreement, { every: 'weekly' });
      const ran = async (hours: number) => {
        await on.settle(2);
        hub.later(hours * 3600);
        await on.settle(2);
        return (await on.runs(id)).map((run) => run.state === 'refused' && run.refusal.code);
      };
      expect(await ran(0.8)).toEqual(['query-failed']);
      expect(await ran(0.3)).toHaveLength(2);
      expect(await ran(3.8)).toHaveLength(2);
      expect(await ran(0.3)).toHaveLength(3);
      expect(await ran(16.1)).toEqual(Array.from({ length: 4 }, () => 'query-failed'));
      expect(await ran(60)).toHaveLength(4);
      warehouse.start = start;
      await on.taxpayers(2, `${header}11-1,北京第一机床厂,a\n`);
      hub.later(7 * 86_400);
      await on.settle(3);
      expect((await on.told(id)).at(-1)).toEqual(['new,11-1,北京第一机床厂,a,match,,110105']);
    } finally {
      clearInterval(ticking);
    }
  });

  test('of a resource that is more than the function holds tells the same differences', async () => {
    const told = [];
    for (const mostBytesHere of [Number.MAX_SAFE_INTEGER, 0]) {
      hub = await aHub(aws, { mostBytesHere });
      on = await reconcilingOn(hub, aws);
      const ticking = setInterval(() => hub.timer.tick(), 20);
      await hub.dataset();
      await on.taxpayers(1, first);
      const id = await on.order(await hub.agree());
      await on.settle(2);
      await hub.dataset(renamed, 2);
      await on.settle(6);
      told.push(await on.told(id));
      clearInterval(ticking);
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[1]).toEqual([whole, ['changed,11-2,王家商行,b,match,,110102']]);
  });

  test('waits for data on either side', async () => {
    const id = await on.order(await hub.agree());
    await on.settle();
    await on.taxpayers(1, first);
    await on.settle(12);
    expect(await on.runs(id)).toEqual([]);
    await hub.dataset();
    await on.settle();
    expect(await on.told(id)).toEqual([whole]);
  });
});

describe('an agreement that changes under an order', () => {
  const ran = async (terms = {}) => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const agreement = await hub.agree(terms);
    const id = await on.order(agreement);
    await on.settle();
    return { agreement, id };
  };

  test('suspended has it at rest; what came meanwhile is told once it is in force again', async () => {
    const { agreement, id } = await ran();
    await hub.change(agreement, { state: 'suspended' });
    await hub.dataset(renamed, 2);
    await on.settle(12);
    expect([(await on.read(id)).state, (await on.runs(id)).length]).toEqual(['active', 1]);
    await hub.change(agreement, { state: 'active' });
    await on.settle();
    expect((await on.told(id))[1]).toEqual(['changed,11-2,王家商行,b,match,,110102']);
  });

  test('over ends it: its consumer is told, and what was kept is removed', async () => {
    const { agreement, id } = await ran();
    await hub.change(agreement, { state: 'terminated' });
    await on.settle();
    expect(await on.read(id)).toMatchObject({ state: 'ended', end: 'agreement-over' });
    expect(await on.notices(id)).toMatchObject([{ type: 'reconciliation', event: 'ended', end: 'agreement-over' }]);
    await on.settle(25);
    expect([await on.kept(id), await on.counted(agreement)]).toEqual([0, 0]);
  });

  test('amended so that it may go on begins anew with all', async () => {
    const { agreement, id } = await ran();
    const [version] = agreement.terms;
    const terms = { ...version!.terms, fields: ['capital'] };
    await hub.change(agreement, {
      termsVersion: 2,
      terms: [version!, { ...version!, version: 2, terms }],
    });
    await on.settle();
    expect((await on.told(id))[1]).toEqual([
      'new,11-1,北京第一机床厂,a,match,,1000.50',
      'new,11-2,王家商行,b,mismatch,name,',
      'new,99-9,无名,c,absent,,',
    ]);
    expect((await on.read(id)).termsVersion).toBe(2);
    expect((await on.runs(id))[1]).toMatchObject({ result: { changes: { new: 3, changed: 0, gone: 0 } } });
  });

  test.each([
    ['another kind', { kinds: ['intersect'], compare: [] }],
    ['a least result', { minResult: 2 }],
    ['another column of the key', { key: ['org_code', 'division'] }],
  ])('amended to %s ends it', async (what, changes) => {
    const { agreement, id } = await ran();
    const [version] = agreement.terms;
    await hub.change(agreement, {
      termsVersion: 2,
      terms: [version!, { ...version!, version: 2, terms: { ...version!.terms, ...changes } as never }],
    });
    await on.settle();
    const end = what.startsWith('another column') ? undefined : 'terms-replaced';
    // A column that the list lacks refuses the runs: it may come.
    if (end === undefined) expect((await on.told(id))[1]).toBe('refused');
    else expect(await on.read(id)).toMatchObject({ state: 'ended', end });
  });

  test.each(played<'suspended' | 'terminated'>(['suspended'], ['terminated']))(
    '%s in the middle of a run leaves no result',
    async (state) => {
      const { agreement, id } = await ran();
      hub.life.pauseWith(async (call) => {
        if (call === 'finish') await hub.change(agreement, { state });
      });
      await hub.dataset(renamed, 2);
      await on.settle();
      hub.life.pauseWith(undefined);
      expect((await on.told(id))[1]).toBe('refused');
      if (state === 'suspended') {
        await hub.change(agreement, { state: 'active' });
        await hub.dataset(renamed, 3);
        await on.settle();
        expect((await on.told(id))[2]).toEqual(['changed,11-2,王家商行,b,match,,110102']);
        expect(await on.kept(id)).toBe(1);
      }
    },
  );
});

describe('an order that its consumer ends', () => {
  test('has no run any more, nor anything that was kept', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const agreement = await hub.agree();
    const id = await on.order(agreement);
    await on.settle();
    expect(await on.end(id)).toMatchObject({ status: 200, body: { state: 'ended', end: 'consumer' } });
    expect((await on.end(id)).status).toBe(409);
    await hub.dataset(renamed, 2);
    await on.settle(30);
    expect([await on.runs(id), await on.kept(id), await on.counted(agreement)]).toMatchObject([
      [{ state: 'done' }],
      0,
      0,
    ]);
    expect(await on.notices(id)).toEqual([]);
    expect((await on.evidence(id)).map(({ act }) => act)).toEqual(['reconciliation-ordered', 'reconciliation-ended']);
  });

  test('while a run is under way, has no result of it', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree());
    hub.life.pauseWith(async (call) => {
      if (call !== 'finish') return;
      hub.life.pauseWith(undefined);
      expect((await on.end(id)).status).toBe(200);
    });
    await on.settle(30);
    expect(await on.runs(id)).toMatchObject([{ state: 'cancelled' }]);
    expect([await on.kept(id), await hub.holds()]).toEqual([0, 0]);
  });
});

describe('a list', () => {
  test('that was retired ends the order', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree(), { every: 'daily' });
    await on.settle();
    await on.retire();
    hub.later(2 * 86_400);
    await on.settle();
    expect(await on.read(id)).toMatchObject({ state: 'ended', end: 'list-retired' });
  });

  test('whose sources are not granted now is not compared before they are again', async () => {
    const source = await hub.source(on.list);
    const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
    await hub.dataset();
    const origin = { kind: 'derivation', run: hub.sha256, inputs: {}, restsOn } as const;
    await on.taxpayers(1, first, { origin });
    await hub.change(source, { state: 'suspended' });
    const id = await on.order(await hub.agree());
    await on.settle();
    expect(await on.runs(id)).toEqual([]);
    await hub.change(source, { state: 'active' });
    await on.settle();
    expect(await on.told(id)).toEqual([whole]);
  });
});

describe('processes that die', () => {
  test('at any of their writes leave nothing told twice, and nothing untold', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const agreement = await hub.agree({ runsPerDay: 1000 });
    const id = await on.order(agreement);
    await on.settle();
    let [deaths, version, isOver] = [0, 1, false];
    for (let write = 1; !isOver; write += searched(7, 1)) {
      for (const when of deathsAt(write)) {
        const isOdd = ++version % 2 === 1;
        await hub.dataset(isOdd ? records : renamed, version);
        hub.later(300);
        hub.life.killAt(write, when);
        const died = await on.settle(2).then(
          () => false,
          () => true,
        );
        isOver ||= hub.life.writes() < write;
        hub.life.revive();
        hub.sent.splice(0);
        if (died) deaths++;
        hub.later(45);
        await on.settle(8);
        const told = await on.told(id);
        expect(told).toHaveLength(version);
        expect(told.at(-1)).toEqual([`changed,11-2,王家商行,b,${isOdd ? 'mismatch,name,' : 'match,,110102'}`]);
        expect([await on.kept(id), await hub.holds(version - 1), await hub.holds(version)]).toEqual([1, 0, 0]);
        expect(await on.used(agreement)).toBe(version);
      }
    }
    expect(deaths).toBeGreaterThan(searched(3, 10));
  });

  test('two sweepers at once begin one run', async () => {
    await hub.dataset();
    await on.taxpayers(1, first);
    const id = await on.order(await hub.agree());
    await Promise.all([hub.sweep(), hub.sweep(), hub.sweep()]);
    await on.settle();
    expect(await on.told(id)).toEqual([whole]);
  });

  test('an order that dies with its end is tidied all the same', async () => {
    for (const write of isLong ? [1, 2, 3, 4] : [2]) {
      hub = await aHub(aws);
      on = await reconcilingOn(hub, aws);
      await hub.dataset();
      await on.taxpayers(1, first);
      const agreement = await hub.agree();
      const id = await on.order(agreement);
      await on.settle();
      await hub.change(agreement, { state: 'terminated' });
      hub.life.killAt(write, 'after');
      await on.settle(3).catch(() => undefined);
      hub.life.revive();
      await on.settle(35);
      expect(await on.read(id)).toMatchObject({ state: 'ended', end: 'agreement-over' });
      expect([await on.kept(id), await on.counted(agreement)]).toEqual([0, 0]);
    }
  });
});
