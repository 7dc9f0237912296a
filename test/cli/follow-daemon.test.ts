import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Failure } from '../../clients/cli/terminal/failure.ts';
import type { FollowEvent } from '../../clients/cli/follow/events.ts';
import { FileCopy } from '../../clients/cli/follow/file-copy.ts';
import { Follow, type FollowOptions } from '../../clients/cli/follow/follow.ts';
import type { DeliverySource } from '../../clients/node/follow.ts';
import type { Mailbox, Received } from '../../clients/node/mailbox.ts';
import type { Followed } from '../../clients/protocol/following.ts';
import { SuspendedError, type Gone } from '../../clients/protocol/withheld.ts';
import { anId } from '../support/builders.ts';
import { MemoryDisk } from './memory-disk.ts';

const delivery = (datasetVersion: number, baseDatasetVersion?: number): Followed => ({
  deliveryId: anId(datasetVersion),
  termsVersion: 1,
  datasetVersion,
  content: baseDatasetVersion === undefined ? 'snapshot' : 'changes',
  ...(baseDatasetVersion !== undefined && { baseDatasetVersion }),
});
const [first, second] = [delivery(1), delivery(2, 1)];
const contents = ['', 'id\n1\n', '_op,id\nupsert,2\n'];

type Act = () => void;

/** A hub and a mailbox that play a story: before each poll something happens, after the last one it is stopped. */
class Story {
  readonly told: FollowEvent[] = [];
  readonly hidden: [string, number][] = [];
  readonly removed: string[] = [];
  readonly released: Followed[] = [];
  readonly gone = new Map<string, Gone>();
  state: 'active' | 'suspended' | 'ended' = 'active';
  readonly #disk = new MemoryDisk();
  readonly #stop = new AbortController();
  #batch: Followed[] = [];

  /** A notice comes with the next poll. */
  comes(...notices: Followed[]): void {
    this.#batch.push(...notices);
  }

  async follow(acts: readonly Act[], once = false): Promise<boolean> {
    const copy = await FileCopy.open({
      file: '/copy.csv',
      department: 'tax',
      agreementId: 'A',
      disk: this.#disk,
      shapeOf: () => Promise.resolve({ fields: ['id'], key: ['id'], format: 'csv' }),
      onApplied: ({ datasetVersion, deliveryId, content }) =>
        this.told.push({ event: 'applied', deliveryId, content, datasetVersion, file: 'F', seconds: 0 }),
    });
    return new Follow({
      copy,
      source: this.#source(),
      mailbox: this.#mailbox([...acts]),
      agreementId: 'A',
      isSuspended: async () => {
        if (this.state === 'ended') throw new Failure({ what: 'It has ended.' });
        return this.state === 'suspended';
      },
      once,
      stopping: this.#stop.signal,
      tell: (event) => this.told.push(event),
    } satisfies FollowOptions).run();
  }

  get events(): string[] {
    return this.told.map((one) => ('datasetVersion' in one ? `${one.event} ${one.datasetVersion}` : one.event));
  }

  #source(): DeliverySource {
    return {
      content: async (deliveryId) => {
        const gone = this.gone.get(deliveryId);
        if (gone) return { gone };
        if (this.state === 'suspended') throw new SuspendedError('suspended');
        const text = contents[Number(deliveryId.slice(-3))] ?? '';
        const bytes = (async function* () {
          yield Buffer.from(text);
        })();
        return { sha256: createHash('sha256').update(text).digest('base64'), bytes };
      },
      receipt: () => Promise.resolve(),
      history: (after = '0') => {
        const items = this.released.slice(Number(after));
        return Promise.resolve({ items, ...(items.length > 0 && { cursor: String(this.released.length) }) });
      },
    };
  }

  #mailbox(acts: Act[]): Mailbox {
    return {
      poll: async (): Promise<Received[]> => {
        const act = acts.shift();
        if (act) act();
        else this.#stop.abort();
        return this.#batch.splice(0).map((notice) => ({
          receiptHandle: notice.deliveryId,
          notice: { ...notice, agreementId: 'A' } as Received['notice'],
        }));
      },
      hide: async ({ receiptHandle }: Received, seconds: number) => void this.hidden.push([receiptHandle, seconds]),
      remove: async ({ receiptHandle }: Received) => void this.removed.push(receiptHandle),
    } as unknown as Mailbox;
  }
}

let story: Story;
beforeEach(() => {
  story = new Story();
});
const nothing: Act = () => {};

describe('while its agreement is suspended', () => {
  test('a daemon says so once, leaves notices in the mailbox, and goes on with the first one that can be fetched', async () => {
    story.released.push(first);
    await story.follow([
      () => story.comes(first),
      () => {
        story.state = 'suspended';
        story.comes(second);
      },
      () => story.comes(second),
      () => {
        story.state = 'active';
        story.comes(second);
      },
      nothing,
    ]);
    expect(story.events).toEqual(['applied 1', 'suspended', 'applied 2']);
    expect(story.hidden).toEqual([
      [second.deliveryId, 300],
      [second.deliveryId, 300],
    ]);
    expect(story.removed).toEqual([first.deliveryId, second.deliveryId]);
  });

  test('it is said at the very start, and again when it happens again', async () => {
    story.state = 'suspended';
    story.released.push(first);
    const again = () => {
      story.state = 'active';
      story.comes(first);
    };
    await story.follow([
      again,
      () => {
        story.state = 'suspended';
        story.comes(second);
      },
      nothing,
    ]);
    expect(story.events).toEqual(['suspended', 'applied 1', 'suspended']);
  });

  test('--once leaves at once, and says that something is missing; where nothing is, the copy is whole', async () => {
    story.state = 'suspended';
    story.released.push(first);
    expect(await story.follow([() => story.comes(first)], true)).toBe(false);
    expect(story.hidden).toEqual([[first.deliveryId, 0]]);
    expect(story.events).toEqual(['suspended']);
    const whole = new Story();
    whole.state = 'suspended';
    expect([await whole.follow([nothing], true), whole.events]).toEqual([true, ['suspended']]);
  });
});

test('what cannot be fetched any more is told once, and its notice removed', async () => {
  story.released.push(first, second);
  story.gone.set(second.deliveryId, 'retention-over');
  expect(await story.follow([() => story.comes(second), () => story.comes(second)])).toBe(false);
  expect(story.told.slice(1)).toEqual([{ event: 'gone', deliveryId: second.deliveryId, reason: 'retention-over' }]);
  expect(story.removed).toEqual([second.deliveryId, second.deliveryId]);
});

test('the end of its agreement ends a daemon', async () => {
  story.state = 'ended';
  await expect(story.follow([nothing])).rejects.toThrow('It has ended.');
});
