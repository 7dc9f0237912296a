import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkHandler, type CheckPorts } from '../../functions/intake/check.handler.ts';
import { receiveHandler } from '../../functions/intake/receive.handler.ts';
import type { Uploads } from '../../functions/intake/ports.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { aResource, aResourceVersion } from '../support/builders.ts';
import { searched } from '../support/long.ts';
import { inState, later } from './an-upload.ts';
import { definition } from './hub.ts';
import { applied, idOf, uploading, type Kind, type Uploading } from './in-order.ts';

type Step =
  /** Its bytes are sent. */
  | 'put'
  /** The hub is told of them. */
  | 'told'
  /** Its message is handled. */
  | 'check';
type Steps = readonly (readonly [Step, number])[];

const [S, C] = ['snapshot', 'changes'] as const;

async function take({ hub, put }: Uploading, steps: Steps): Promise<void> {
  const events = new Map<number, ReturnType<typeof put>>();
  for (const [step, sequence] of steps) {
    if (step === 'put') events.set(sequence, put(sequence));
    if (step === 'told') await hub.receive(events.get(sequence)!);
    if (step === 'check') await hub.check({ uploadId: idOf(sequence) });
  }
}
const arrives = (...sequences: number[]): Steps =>
  sequences.flatMap((sequence) => [['put', sequence] as const, ['told', sequence] as const]);

describe('uploads of one resource', () => {
  test.each<{ name: string; kinds: Kind[]; steps: Steps; ends: string[] }>([
    {
      name: 'changes before any snapshot are the first dataset',
      kinds: [C],
      steps: [...arrives(1), ['check', 1]],
      ends: ['accepted'],
    },
    {
      name: 'changes after a snapshot are merged into it',
      kinds: [S, C],
      steps: [...arrives(1), ['check', 1], ...arrives(2), ['check', 2]],
      ends: ['accepted', 'accepted'],
    },
    {
      name: 'changes told of first wait for the snapshot whose bytes are there',
      kinds: [S, C],
      steps: [['put', 1], ...arrives(2), ['check', 2]],
      ends: ['awaiting', 'received'],
    },
    {
      name: 'and are checked once it is',
      kinds: [S, C],
      steps: [
        ['put', 1],
        ['put', 2],
        ['told', 2],
        ['check', 2],
        ['told', 1],
      ],
      ends: ['accepted', 'accepted'],
    },
    {
      name: 'changes do not wait for what has not been sent; that is superseded',
      kinds: [C, C],
      steps: [...arrives(2), ['check', 2], ...arrives(1)],
      ends: ['superseded', 'accepted'],
    },
    {
      name: 'a snapshot that comes after later changes is superseded',
      kinds: [S, C],
      steps: [...arrives(2), ['check', 2], ...arrives(1)],
      ends: ['superseded', 'accepted'],
    },
    {
      name: 'a later snapshot waits for nobody, and supersedes changes that wait, and what they wait for',
      kinds: [S, C, S],
      steps: [...arrives(1, 2, 3), ['check', 2], ['check', 3], ['check', 1]],
      ends: ['superseded', 'superseded', 'accepted'],
    },
    {
      name: 'a later snapshot that commits in its turn leaves what was before it',
      kinds: [C, S, C],
      steps: [...arrives(1, 2, 3), ['check', 1], ['check', 3], ['check', 2]],
      ends: ['accepted', 'accepted', 'accepted'],
    },
    {
      name: 'changes that arrive in the opposite order are merged in theirs',
      kinds: [C, C, C, C],
      steps: [['put', 1], ['put', 2], ['put', 3], ...arrives(4), ['told', 3], ['told', 2], ['told', 1]],
      ends: ['accepted', 'accepted', 'accepted', 'accepted'],
    },
  ])('$name', async ({ kinds, steps, ends }) => {
    const uploads = uploading(kinds);
    await take(uploads, steps);
    if (!ends.includes('received')) await uploads.hub.drain();
    expect(await uploads.ends()).toEqual(ends);
    expect(uploads.inForce()).toEqual(applied(kinds, uploads.acceptedInOrder()));
  });
});

describe('changes that wait', () => {
  async function waiting(more: Parameters<typeof uploading>[1] = {}) {
    const uploads = uploading([S, C], more);
    await take(uploads, [['put', 1], ...arrives(2)]);
    uploads.hub.queue.sent.splice(0);
    await uploads.hub.check({ uploadId: idOf(2) });
    return uploads;
  }

  test('are received as they were: no attempt, no fault, no word of being late', async () => {
    const uploads = await waiting();
    expect(await uploads.upload(2)).toMatchObject({ state: 'received', epoch: 0 });
    expect(uploads.hub.log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
    for (let hour = 0; hour < 3; hour++) {
      uploads.hub.pass(3601);
      await uploads.hub.sweep();
      uploads.hub.queue.sent.splice(0);
    }
    expect(await uploads.upload(2)).toMatchObject({ state: 'received', epoch: 0 });
    expect(uploads.hub.metrics.counts).toEqual({ SweptLate: expect.any(Number) });
    expect(uploads.hub.log.lines.map(({ message }) => message)).not.toContain('upload stuck');
  });

  test('are checked when that one is refused', async () => {
    const uploads = await waiting();
    const first = await uploads.upload(1);
    uploads.hub.give({ upload: { ...first, bytes: 1 } });
    await uploads.hub.sweepLater();
    await uploads.hub.drain();
    expect(await uploads.ends()).toEqual(['length-mismatch', 'accepted']);
  });

  test('are found by the sweeper where nobody woke them', async () => {
    const uploads = await waiting();
    uploads.hub.give({ upload: inState.refused(await uploads.upload(1)) });
    uploads.hub.pass(61);
    await uploads.hub.sweep();
    expect(uploads.hub.queue.sent).toMatchObject([{ uploadId: idOf(2) }]);
    expect(uploads.hub.metrics.counts).toEqual({ SweptLate: 1 });
  });

  test('two weeks after their arrival are given up, and others have their turn', async () => {
    const uploads = uploading([S, C, C]);
    await take(uploads, [['put', 1], ...arrives(2)]);
    uploads.hub.pass(86_400);
    await take(uploads, arrives(3));
    uploads.hub.queue.sent.splice(0);
    uploads.hub.give({ upload: inState.held({ ...(await uploads.upload(1)), state: 'held', lookAgainAt: undefined }) });
    uploads.hub.pass(13 * 86_400);
    await uploads.hub.sweep();
    expect(await uploads.ends()).toEqual(['held', 'expired', 'received']);
    expect((await uploads.upload(2)).refusal?.detail).toMatch(/before it/);
    expect(uploads.hub.evidence).toMatchObject([{ act: 'upload-refused', subject: { uploadId: idOf(2) } }]);
  });

  test('are found behind many that were announced and never sent', async () => {
    const kinds = Array.from({ length: 150 }, () => C);
    const uploads = uploading(kinds);
    await take(uploads, [['put', 140], ...arrives(150)]);
    await uploads.hub.drain();
    expect((await uploads.upload(150)).state).toBe('received');
    await uploads.hub.sweepLater();
    await uploads.hub.drain();
    expect(uploads.acceptedInOrder()).toEqual([140, 150]);
  });

  test('wait, too, where an attempt at them died', async () => {
    const uploads = await waiting();
    const died = { ...(await uploads.upload(2)), epoch: 3, leaseUntil: later(1) };
    uploads.hub.give({ upload: inState.checking(died) });
    uploads.hub.pass(61);
    await uploads.hub.check({ uploadId: idOf(2) });
    expect(await uploads.upload(2)).toMatchObject({ state: 'checking', epoch: 3 });
  });
});

describe('changes that are being checked', () => {
  const at = (uploads: Uploading, moment: 'read' | 'commit', act: () => Promise<void>): CheckPorts => {
    let done = false;
    const once = async () => {
      if (done) return;
      done = true;
      await act();
    };
    const { ports } = uploads.hub;
    const read: typeof ports.objects.read = async (key, version) => {
      if (moment === 'read') await once();
      return ports.objects.read(key, version);
    };
    const accept: Uploads['accept'] = async (acceptance) => {
      if (moment === 'commit') await once();
      return ports.uploads.accept(acceptance);
    };
    return { ...ports, objects: { ...ports.objects, read }, uploads: { ...ports.uploads, accept } };
  };

  test.each<{ name: string; moment: 'read' | 'commit'; kinds: Kind[]; meanwhile: Steps; ends: string[] }>([
    {
      name: 'go back and wait where an earlier one arrives meanwhile',
      moment: 'read',
      kinds: [S, C],
      meanwhile: [['put', 1]],
      ends: ['accepted', 'accepted'],
    },
    {
      name: 'are merged anew where an earlier one comes into force meanwhile',
      moment: 'read',
      kinds: [S, C],
      meanwhile: [...arrives(1), ['check', 1]],
      ends: ['accepted', 'accepted'],
    },
    {
      name: 'are merged anew where an earlier one comes into force in the moment of their commit',
      moment: 'commit',
      kinds: [S, C],
      meanwhile: [...arrives(1), ['check', 1]],
      ends: ['accepted', 'accepted'],
    },
    {
      name: 'are superseded where a later one comes into force meanwhile',
      moment: 'read',
      kinds: [C, S],
      meanwhile: [...arrives(2), ['check', 2]],
      ends: ['superseded', 'accepted'],
    },
    {
      name: 'are superseded where a later one comes into force in the moment of their commit',
      moment: 'commit',
      kinds: [C, S],
      meanwhile: [...arrives(2), ['check', 2]],
      ends: ['superseded', 'accepted'],
    },
  ])('$name', async ({ moment, kinds, meanwhile, ends }) => {
    const uploads = uploading(kinds);
    const { hub } = uploads;
    const last = kinds.indexOf('changes') + 1;
    await take(uploads, arrives(last));
    hub.queue.sent.splice(0);
    const ports = at(uploads, moment, () => take(uploads, meanwhile));
    await checkHandler(ports)({ uploadId: idOf(last) });
    await hub.drain();
    hub.pass(300);
    await hub.sweep();
    await hub.drain();
    await hub.settle();
    expect(await uploads.ends()).toEqual(ends);
    expect(uploads.inForce()).toEqual(applied(kinds, uploads.acceptedInOrder()));
    expect(Object.keys(hub.checked.visible())).toEqual(
      hub.datasets.map(({ objects }) => objects[0]?.key ?? '').sort((a, b) => (a < b ? -1 : 1)),
    );
    for (const upload of await Promise.all(kinds.map((_, index) => uploads.upload(index + 1))))
      expect(upload).not.toHaveProperty('lookAgainAt');
  });
});

describe('changes of another version of the resource than the dataset in force', () => {
  test('are refused, as they would be merged into what was never checked like them', async () => {
    const uploads = uploading([S, C]);
    const { hub } = uploads;
    hub.give({ version: aResourceVersion({ version: 2, definition }) });
    await take(uploads, [...arrives(1), ['check', 1]]);
    hub.give({ upload: { ...(await uploads.upload(2)), resourceVersion: 2 } });
    await take(uploads, [...arrives(2), ['check', 2]]);
    expect(await uploads.ends()).toEqual(['accepted', 'snapshot-needed']);
    expect((await uploads.upload(2)).refusal?.detail).toMatch(/version 1 .*version 2/);
  });

  test('are taken where there is no dataset yet', async () => {
    const uploads = uploading([C], { resourceVersion: 2 });
    uploads.hub.give({ head: aResource({ latestVersion: 2 }), version: aResourceVersion({ version: 2, definition }) });
    await take(uploads, [...arrives(1), ['check', 1]]);
    expect(await uploads.ends()).toEqual(['accepted']);
  });
});

/** Everything comes late, twice, or not at all, and everything runs at once; what ports do takes effect in any order. */
describe('whatever comes in whatever order', () => {
  const kind = fc.constantFrom<Kind>('snapshot', 'changes', 'changes');
  const arrival = fc.record({ told: fc.constantFrom(0, 1, 1, 1, 2), sent: fc.constantFrom(true, true, true, false) });

  test('what is in force is the accepted uploads, one after the other as announced', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(kind, arrival), { minLength: 1, maxLength: 6 }),
        async (scheduler, plan) => {
          const kinds = plan.map(([each]) => each);
          const uploads = uploading(kinds);
          const { hub } = uploads;
          const { ports, put, passedOver } = scattered(uploads, scheduler);
          const check = checkHandler(ports);
          const receive = receiveHandler({ ...ports, queue: hub.queue });
          const works = plan.map(async ([, { told, sent }], index) => {
            if (!sent) return;
            await scheduler.schedule(Promise.resolve(), 'sent');
            const event = put(index + 1);
            for (let times = 0; times < told; times++) await receive(event);
          });
          const arrivals = { over: false };
          const consumer = async () => {
            while (!arrivals.over || hub.queue.sent.length > 0) {
              await scheduler.schedule(Promise.resolve(), 'polled');
              await hub.stream();
              const message = hub.queue.sent.shift();
              if (message) await check(message).catch(() => undefined);
            }
          };
          const arrived = Promise.all(works).then(() => void (arrivals.over = true));
          await scheduler.waitFor(Promise.all([arrived, consumer(), consumer(), consumer()]));
          for (let quarter = 0; quarter < 12; quarter++) {
            hub.pass(900);
            await hub.sweep();
            await hub.drain();
          }
          const ends = await uploads.ends();
          expect(ends.map((end, index) => (plan[index]?.[1].sent ? end : 'unsent'))).toEqual(
            plan.map(([, { sent }]) => (sent ? expect.stringMatching(/^(accepted|superseded)$/) : 'unsent')),
          );
          const order = uploads.acceptedInOrder();
          expect(order).toEqual([...order].sort((a, b) => a - b));
          if (order.length > 0) expect(uploads.inForce()).toEqual(applied(kinds, order));
          expect(passedOver).toEqual([]);
        },
      ),
      { numRuns: searched(15, 100) },
    );
  });
});

/** Ports whose answers come in an order that the scheduler chooses, and what changes passed over that they should have seen. */
function scattered({ hub, ...sending }: Uploading, scheduler: fc.Scheduler) {
  const { uploads, resources, objects } = hub.ports;
  let moment = 0;
  const put = new Map<number, number>();
  const looked = new Map<number, number>();
  const passedOver: string[] = [];

  async function noteWhatIsLeftBefore({ sequence, resourceId }: StoredUpload, after: number): Promise<void> {
    for await (const earlier of uploads.underWay(resourceId, { after, before: sequence }))
      if ((put.get(earlier.sequence) ?? Infinity) < (looked.get(sequence) ?? Infinity))
        passedOver.push(`${earlier.sequence} by ${sequence}`);
  }
  const ports: CheckPorts = {
    ...hub.ports,
    uploads: {
      ...uploads,
      find: scheduler.scheduleFunction((id) => uploads.find(id)),
      replace: scheduler.scheduleFunction((next, was, along) => uploads.replace(next, was, along)),
      underWay(resourceId, between) {
        if (between) looked.set(between.before, (moment += 1));
        return uploads.underWay(resourceId, between);
      },
      accept: scheduler.scheduleFunction(async (acceptance) => {
        const outcome = await uploads.accept(acceptance);
        if (outcome === 'accepted' && acceptance.upload.content === 'changes')
          await noteWhatIsLeftBefore(acceptance.upload, acceptance.next.head.committedSequence);
        return outcome;
      }),
    },
    resources: { ...resources, head: scheduler.scheduleFunction((id) => resources.head(id)) },
    objects: { ...objects, find: scheduler.scheduleFunction((key) => objects.find(key)) },
  };
  return {
    ports,
    passedOver,
    put: (sequence: number) => {
      put.set(sequence, (moment += 1));
      return sending.put(sequence);
    },
  };
}
