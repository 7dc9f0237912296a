import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anAgreement, anId, department } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import { aHub, sorted, type TestHub } from './hub.ts';

const daily = { frequency: 'daily', at: '02:00' } as const;
const versions = (hub: TestHub) => sorted(hub.deliveries.map(({ datasetVersion }) => datasetVersion));

test.each(['on-arrival', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly'] as const)(
  'at activation the current dataset goes out at once: %s',
  async (frequency) => {
    const hub = aHub();
    await hub.dispatch(hub.commit(1), hub.commit(2));
    await hub.dispatch(hub.agree({ terms: { frequency } }));
    await hub.deliver();
    expect(versions(hub)).toEqual([2]);
    expect(hub.mailboxes.notices).toHaveLength(1);
  },
);

test('an activation that is told again later sends nothing that waits for its moment', async () => {
  const hub = aHub();
  hub.commit(1);
  const filed = hub.agree({ terms: daily });
  await hub.dispatch(filed);
  await hub.dispatch(hub.commit(2));
  await hub.dispatch(filed);
  expect(versions(hub)).toEqual([1]);
});

test('an agreement without a dataset waits for the first', async () => {
  const hub = aHub();
  await hub.dispatch(hub.agree({}));
  expect(hub.deliveries).toEqual([]);
  await hub.dispatch(hub.commit(1));
  expect(versions(hub)).toEqual([1]);
});

test('an agreement whose validity is over gets nothing', async () => {
  const hub = aHub();
  hub.commit(1);
  await hub.dispatch(hub.agree({ terms: { validTo: '2026-11-30' } }));
  expect(hub.deliveries).toEqual([]);
  expect(hub.store.plans.size).toBe(0);
});

describe('the mark on an agreement', () => {
  test('goes once it was reacted to', async () => {
    const hub = aHub();
    await hub.dispatch(hub.agree({}));
    expect(hub.store.agreements.get(anId(1))?.due).toBeUndefined();
  });
  test('stays where the agreement changed meanwhile', async () => {
    const hub = aHub();
    const filed = hub.agree({});
    hub.life.pauseWith(async (call) => {
      if (call === 'clearAgreement') hub.end(anId(1));
    });
    await hub.dispatch(filed);
    hub.life.pauseWith(undefined);
    expect(hub.store.agreements.get(anId(1))?.due).toBeDefined();
  });
  test('brings about what a lost event would have', async () => {
    const hub = aHub();
    hub.commit(1);
    hub.agree({ terms: daily });
    hub.clock.set('2026-12-01T01:02:00.000Z');
    await hub.sweep();
    expect(versions(hub)).toEqual([1]);
    expect(hub.store.plans.size).toBe(1);
  });
});

describe.each([
  ['on-arrival', { frequency: 'on-arrival' }],
  ['daily', daily],
] as const)('a dataset and an activation that cross, %s', (_frequency, terms) => {
  test.each(['dataset first', 'activation first'])('make one delivery of what was current: %s', async (order) => {
    const hub = aHub();
    const filed = hub.agree({ terms });
    const committed = hub.commit(1);
    await hub.dispatch(...(order === 'dataset first' ? [committed, filed] : [filed, committed]));
    await hub.settle();
    expect(versions(hub)).toEqual([1]);
    expect(hub.evidenceOf('delivery-released')).toHaveLength(1);
  });

  test('make exactly one delivery in every interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const hub = aHub();
        hub.agree(anAgreement({ state: 'signed', terms }));
        hub.life.pauseWith(async () => {
          await scheduler.schedule(Promise.resolve());
        });
        // Both commits and both reactions as processes of their own; events come after their commits.
        const commit = async () => {
          await scheduler.schedule(Promise.resolve(), 'commit');
          return hub.dispatch(hub.commit(1));
        };
        const file = async () => {
          await scheduler.schedule(Promise.resolve(), 'file');
          return hub.dispatch(hub.agree({ terms }));
        };
        const both = Promise.all([commit(), file(), file()]);
        await scheduler.waitFor(both);
        hub.life.pauseWith(undefined);
        await hub.deliver();
        // A dataset that came after the activation read waits for its moment; otherwise it is out.
        const waiting = hub.deliveries.length === 0 && hub.store.plans.get(anId(1))?.lastDatasetVersion === 0;
        if (!waiting) expect(hub.deliveries.map(({ state }) => state)).toEqual(['noticed']);
        if (terms.frequency === 'on-arrival') expect(waiting).toBe(false);
        expect(hub.evidenceOf('delivery-released').length).toBe(waiting ? 0 : 1);
      }),
      { numRuns: searched(20, 120) },
    );
  });
});

test('a release and a termination that cross leave no grant, in every interleaving', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const hub = aHub();
      hub.agree({ agreementId: anId(1) });
      hub.agree({ agreementId: anId(2), consumer: department('press') });
      await hub.dispatch(hub.commit(1));
      hub.life.pauseWith(async () => {
        await scheduler.schedule(Promise.resolve());
      });
      const end = async () => {
        await scheduler.schedule(Promise.resolve(), 'end');
        await hub.dispatch(hub.end(anId(1)));
      };
      await scheduler.waitFor(Promise.all([hub.deliver(), end()]));
      hub.life.pauseWith(undefined);
      await hub.settle();
      const ended = hub.deliveries.find(({ agreementId }) => agreementId === anId(1))!;
      expect([...hub.store.grants].filter((grant) => grant.endsWith(ended.deliveryId))).toEqual([]);
      expect(hub.mailboxes.noticesOf('press')).toHaveLength(1);
      expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 1, state: 'ready' }]);
    }),
    { numRuns: searched(20, 120) },
  );
});
