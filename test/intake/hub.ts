import { announceUpload } from '../../functions/intake/announce.handler.ts';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import { decideUpload } from '../../functions/intake/decide-upload.handler.ts';
import { postRecords } from '../../functions/intake/post-records.handler.ts';
import { readQuality } from '../../functions/intake/read-quality.handler.ts';
import { completeUpload } from '../../functions/intake/complete-upload.handler.ts';
import { followHandler } from '../../functions/intake/follow.handler.ts';
import { listParts } from '../../functions/intake/list-parts.handler.ts';
import { listUploads } from '../../functions/intake/list-uploads.handler.ts';
import type { AttachmentMarks, IntakeQueue, UnnamedQueue } from '../../functions/intake/ports.ts';
import { readUpload } from '../../functions/intake/read-upload.handler.ts';
import { receiveHandler, type ObjectCreated } from '../../functions/intake/receive.handler.ts';
import { sweepHandler } from '../../functions/intake/sweep.handler.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { consume } from '../../functions/kernel/queue.ts';
import { FollowEvent } from '../../schemas/contracts/events.ts';
import type { ResourceId, UploadId } from '../../schemas/contracts/ids.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { aDefinition, aResource, aResourceVersion, anId } from '../support/builders.ts';
import { reacting } from '../support/events.ts';
import { testHub } from '../support/memory/api-call.ts';
import { countingIds, manualTimer, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryCheckedObjects, memoryIntakeObjects } from '../support/memory/objects.ts';
import { memoryIntake } from '../support/memory/uploads.ts';
import { anUpload, digest, inState, later, type AnyUpload, type UploadChanges } from './an-upload.ts';

/** Three fields, and a quarter of the records may be rejected. */
export const definition = aDefinition({
  tolerance: 0.25,
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'string', constraints: { required: true, unique: true } },
      { name: 'amount', type: 'integer' },
      { name: 'phone', type: 'string', sensitivity: 'personal' },
    ],
  },
});

export const good = 'code,amount,phone\nA1,1,\nA2,2,\nA3,3,\nA4,4,\n';
/** One of four records is rejected. */
export const tolerable = 'code,amount,phone\nA1,1,\nA2,many,\nA3,3,\nA4,4,\n';
/** Two of four records are rejected. */
export const intolerable = 'code,amount,phone\nA1,1,\nA2,many,\nA3,few,\nA4,4,\n';

export interface SentMessage {
  readonly uploadId: UploadId;
  readonly provider: string;
  readonly segment?: number;
}

function memoryQueue() {
  const sent: SentMessage[] = [];
  const unnamed: ResourceId[] = [];
  const queue: IntakeQueue & UnnamedQueue = {
    sendUnnamed: async ({ resourceId }) => void unnamed.push(resourceId),
    send: async ({ uploadId, provider }, segment) =>
      void sent.push({ uploadId, provider, ...(segment !== undefined && { segment }) }),
  };
  return { ...queue, sent, unnamed };
}

/** As the mark beside the resource is: from the first attachments on. */
function memoryMarks() {
  const marks = new Map<ResourceId, string>();
  const port: AttachmentMarks = {
    async *due(until) {
      for (const [id, at] of marks) if (at <= until) yield id;
    },
    postpone: async (id, at) => void (marks.has(id) && marks.set(id, at)),
  };
  return { ...port, marks };
}

/** The intake capability in memory, with the resource `legal-entities` of `quality` published. */
export function anIntake(of = definition) {
  const store = memoryIntake();
  const objects = memoryIntakeObjects();
  const checked = memoryCheckedObjects();
  const queue = memoryQueue();
  const attachmentMarks = memoryMarks();
  const timer = manualTimer();
  const clock = testClock();
  const log = recordingLog();
  const metrics = recordingMetrics();
  const ports = {
    ...store,
    objects,
    checked,
    queue,
    attachmentMarks,
    timer,
    clock,
    ids: countingIds(9000),
    log,
    metrics,
    identity: testHub,
  };
  store.give({ head: aResource({ lastSequence: 100 }), version: aResourceVersion({ definition: of }) });

  const queueing = { log, hideFor: async () => undefined };
  const follow = reacting('intake-follow', consume(FollowEvent, followHandler(ports), queueing), log);
  /** What the table's stream tells, to whoever reacts. */
  const stream = () => follow(...store.changes.splice(0));
  const streamed =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await act(...args);
      await stream();
      return result;
    };
  const check = streamed(checkHandler(ports));
  const sweep = streamed(sweepHandler(ports));
  return {
    ...ports,
    ports,
    store,
    follow,
    stream,
    receive: streamed(receiveHandler(ports)),
    check,
    sweep,
    api: streamed(
      api(
        [
          announceUpload,
          postRecords,
          listUploads,
          readUpload,
          listParts,
          completeUpload,
          decideUpload,
          readQuality,
        ].map((build) => build(ports)),
        ports,
      ),
    ),
    /** What the event source mapping does until the queue is empty. */
    async drain(): Promise<void> {
      await stream();
      for (let message = queue.sent.shift(); message; message = queue.sent.shift())
        await check({ uploadId: message.uploadId, segment: message.segment });
    },
    /** Time goes on, and the sweeper with it, until finished uploads have been tidied after. */
    async settle(): Promise<void> {
      for (let hour = 0; hour < 2; hour++) {
        clock.set(later(3601, clock.now()));
        await sweep();
        for (const { uploadId, segment } of queue.sent.splice(0)) await check({ uploadId, segment });
      }
    },
    /** So much later that every upload's time to be looked at has come. */
    async sweepLater(): Promise<void> {
      clock.set(later(901, clock.now()));
      await sweep();
    },
    pass: (seconds: number) => clock.set(later(seconds, clock.now())),
    upload: async (uploadId: UploadId) => (await store.uploads.find(uploadId)) as AnyUpload,
    /** An announced upload whose bytes have come, known to the hub as told. */
    arrived(
      content: string | Buffer,
      changes: UploadChanges = {},
      known: 'awaiting' | 'received' = 'received',
    ): StoredUpload {
      const announced = anUpload({ bytes: Buffer.byteLength(content), sha256: digest(content), ...changes });
      const object = objects.send(announced.key, content);
      const upload = inState[known]({
        ...announced,
        state: known,
        ...(known === 'received' && { object, lookAgainAt: later(70) }),
      });
      store.give({ upload });
      return upload;
    },
  };
}

export type Intake = ReturnType<typeof anIntake>;

export const createdEvent = (key: string, size: number, versionId: string): ObjectCreated => ({
  detail: { object: { key, size, 'version-id': versionId } },
});

export const second = anId(501);
