import { describe, expect, test } from '@jest/globals';
import { countHandler } from '../../functions/reports/count.handler.ts';
import type { CountPorts } from '../../functions/reports/ports.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import { anId, department } from '../support/builders.ts';
import { recordingLog, testClock } from '../support/memory/kernel.ts';
import { aDelivered, anEvidence } from './an-evidence.ts';
import { memoryCatalog, memoryCounters, type MemoryCounters } from './memory.ts';

function counting(changes: Partial<CountPorts> = {}) {
  const counters = memoryCounters();
  const log = recordingLog();
  const clock = testClock('2026-12-02T00:00:00.000Z');
  const ports: CountPorts = {
    counters,
    catalog: memoryCatalog(),
    clock,
    log,
    timeZone: 'Asia/Shanghai',
    ...changes,
  };
  return { counters, log, clock, ports, run: countHandler(ports) };
}

const consumers = ['tax', 'press', 'health', 'housing'].map(department);
const deliveries = (count: number): Evidence[] =>
  Array.from({ length: count }, (_, index) => {
    const consumer = consumers[index % consumers.length]!;
    return aDelivered('delivery-released', {
      dataset: index + 1,
      consumer,
      subject: { agreementId: anId(1 + (index % consumers.length)) },
    });
  });
const hubTotal = async (counters: MemoryCounters) =>
  (await counters.of('hub', '2026-12', 'month')).map(({ figures }) => figures);

describe('a run', () => {
  test('adds everything that carries its mark, and takes the marks away', async () => {
    const { counters, log, run } = counting();
    counters.give(...deliveries(250), anEvidence('agreement-commented', { number: 5000 }));
    await run();
    expect(counters.marked()).toBe(0);
    expect(await hubTotal(counters)).toEqual([{ deliveries: 250, records: 2500, bytes: 50_000, onTime: 250 }]);
    expect(log.lines).toMatchObject([{ message: 'evidence counted', about: { counted: 251 } }]);
  });
  test('that is repeated adds nothing', async () => {
    const { counters, run } = counting();
    counters.give(...deliveries(30));
    await run();
    const once = await hubTotal(counters);
    await run();
    expect(await hubTotal(counters)).toEqual(once);
  });
  test('at the same time as another counts each act once', async () => {
    const { counters, ports, run } = counting();
    counters.give(...deliveries(200));
    await Promise.all([run(), countHandler(ports)(), countHandler(ports)()]);
    expect(await hubTotal(counters)).toMatchObject([{ deliveries: 200 }]);
  });
  test('counts everything but what cannot be counted, and says so', async () => {
    const { counters, ports } = counting();
    const all = deliveries(60);
    counters.give(...all);
    const bad = all[3]!.evidenceId;
    const failing: MemoryCounters = {
      ...counters,
      add: async (batch) => {
        if (batch.evidence.includes(bad)) throw new Error('an item that the table refuses');
        return counters.add(batch);
      },
    };
    await expect(countHandler({ ...ports, counters: failing })()).rejects.toThrow('counting evidence: 1 failed');
    expect(counters.marked()).toBe(1);
    expect(await hubTotal(counters)).toMatchObject([{ deliveries: 59 }]);
  });
  test('that cannot read the resource of one act counts the others', async () => {
    const { counters, ports } = counting();
    const [one, other] = deliveries(2);
    counters.give(one!, { ...other!, subject: { ...other!.subject, resourceVersion: 9 } });
    const facts: CountPorts['catalog']['facts'] = async (id, version) => {
      if (version === 9) throw new Error('not to be read');
      return ports.catalog.facts(id, version);
    };
    await expect(countHandler({ ...ports, catalog: { facts } })()).rejects.toThrow('1 failed');
    expect(counters.marked()).toBe(1);
  });
  test('that was cut off leaves to the next what it has not added', async () => {
    const { counters, ports, run } = counting();
    counters.give(...deliveries(200));
    let calls = 0;
    const cutOff: MemoryCounters = {
      ...counters,
      add: async (batch) => {
        if (++calls >= 3) throw new Error('cut off');
        return counters.add(batch);
      },
    };
    await expect(countHandler({ ...ports, counters: cutOff })()).rejects.toThrow('counting evidence');
    expect(counters.marked()).toBeGreaterThan(0);
    await run();
    expect(await hubTotal(counters)).toMatchObject([{ deliveries: 200 }]);
  });
  test('counts what an index shows that another has counted meanwhile no second time', async () => {
    const { counters, ports } = counting();
    const [one, other] = deliveries(2);
    counters.give(one!, other!);
    await countHandler(ports)();
    counters.give(other!);
    const stale: MemoryCounters = {
      ...counters,
      async *uncounted() {
        yield* [one!, other!];
      },
    };
    await countHandler({ ...ports, counters: stale })();
    expect(await hubTotal(counters)).toMatchObject([{ deliveries: 3 }]);
  });
  test('leaves what came after it began to the next', async () => {
    const { counters, run } = counting();
    counters.give(aDelivered('delivery-released', { at: '2026-12-02T00:00:00.001Z' }));
    await run();
    expect(counters.marked()).toBe(1);
  });
  test('ends in time, and the next goes on', async () => {
    const { counters, clock, ports } = counting();
    counters.give(...deliveries(300));
    let seconds = 0;
    const slow: MemoryCounters = {
      ...counters,
      add: async (batch) => {
        seconds += 60;
        clock.set(new Date(Date.parse('2026-12-02T00:00:00.000Z') + seconds * 1000).toISOString());
        return counters.add(batch);
      },
    };
    await countHandler({ ...ports, counters: slow })();
    const left = counters.marked();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(300);
    await countHandler(ports)();
    expect(await hubTotal(counters)).toMatchObject([{ deliveries: 300 }]);
  });
});

test('each party has its own figures, and they add up to the hub’s', async () => {
  const { counters, run } = counting();
  counters.give(...deliveries(40));
  await run();
  const own = async (scope: string) =>
    (await counters.of(department(scope), '2026-12', 'cell')).map(({ place, figures }) => [
      place.consumer,
      figures.deliveries,
    ]);
  expect(await own('tax')).toEqual([['tax', 10]]);
  expect(new Map((await own('quality')) as [string, number][])).toEqual(
    new Map(consumers.map((consumer) => [consumer as string, 10])),
  );
  expect(await own('culture')).toEqual([]);
});

test('what use was made of a delivery is known from release, request and receipt, in whatever order they are counted', async () => {
  const at = (minute: number) => `2026-12-01T01:0${minute}:00.000Z`;
  const acts = [
    aDelivered('delivery-released', { number: 1, dataset: 7, at: at(0) }),
    aDelivered('content-requested', { number: 2, dataset: 7, at: at(1) }),
    aDelivered('content-requested', { number: 3, dataset: 7, at: at(2) }),
    aDelivered('receipt-given', { number: 4, dataset: 7, at: at(3) }),
  ];
  for (const order of [acts, acts.toReversed()]) {
    const { counters, run } = counting();
    for (const evidence of order) {
      counters.give(evidence);
      await run();
    }
    const uses = [];
    for await (const use of counters.uses.of(anId(1))) uses.push(use);
    expect(uses).toMatchObject([
      { datasetVersion: 7, releasedAt: at(0), fetchedAt: at(2), receivedAt: at(3), requests: 2 },
    ]);
  }
});
