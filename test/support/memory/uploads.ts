import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { Quality } from '../../../schemas/contracts/quality.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredSegment } from '../../../schemas/stored/segments.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import type { StreamRecord } from '../../../functions/stream/route.handler.ts';
import type { AttachmentMacs } from '../../../functions/datasets/attachments/references.ts';
import type { Attachments, Fence, Qualities, Resources, Segments, Uploads } from '../../../functions/intake/ports.ts';
import type { Answers } from '../../../functions/kernel/ports.ts';
import { memoryAttachments, testAttachmentMacs } from './attachments.ts';
import { memoryPage } from './pages.ts';

export interface MemoryIntake {
  readonly uploads: Uploads;
  readonly segments: Segments;
  readonly attachments: Attachments;
  readonly attachmentMacs: AttachmentMacs;
  readonly resources: Resources;
  readonly qualities: Qualities;
  readonly answers: Answers;
  readonly evidence: Evidence[];
  readonly datasets: StoredDataset[];
  readonly agreements: Agreement[];
  /** Dataset versions that can be looked up in. */
  readonly represented: number[];
  /** Of uploads and segments, as the table's stream tells them; whoever reads takes them away. */
  readonly changes: StreamRecord[];
  /** Puts things there as they are. */
  readonly give: (thing: {
    readonly head?: ResourceHead;
    readonly version?: ResourceVersion;
    readonly upload?: StoredUpload;
  }) => void;
}

/** Uploads, with what their transactions touch: resource heads, datasets, evidence, answers. */
export function memoryIntake(): MemoryIntake {
  const uploads = new Map<string, StoredUpload>();
  const heads = new Map<string, ResourceHead>();
  const versions = new Map<string, ResourceVersion>();
  const answers = new Map<string, StoredAnswer>();
  const evidence: Evidence[] = [];
  const datasets: StoredDataset[] = [];
  const agreements: Agreement[] = [];
  const represented: number[] = [];
  const qualities = new Map<string, Quality>();
  const changes: StreamRecord[] = [];
  const set = (next: StoredUpload) => {
    changes.push(changeOf('upload', uploads.get(next.uploadId), next));
    uploads.set(next.uploadId, next);
  };

  const answerKey = ({ department, routeId, key }: Pick<StoredAnswer, 'department' | 'routeId' | 'key'>) =>
    `${department} ${routeId} ${key}`;
  const answered = (answer: StoredAnswer | undefined) => answer !== undefined && answers.has(answerKey(answer));
  const keep = (answer: StoredAnswer | undefined) => answer && answers.set(answerKey(answer), answer);
  const note = (quality: Quality | undefined) => quality && qualities.set(qualityKey(quality), quality);
  const holds = ({ uploadId }: StoredUpload, was: Fence) => {
    const current = uploads.get(uploadId);
    const leaseUntil = current && 'leaseUntil' in current ? current.leaseUntil : undefined;
    return current?.state === was.state && current.epoch === was.epoch && (was.leaseUntil ?? leaseUntil) === leaseUntil;
  };
  const change = (resourceId: string, changes: Partial<ResourceHead>) =>
    heads.set(resourceId, { ...(heads.get(resourceId) as ResourceHead), ...changes });

  return {
    attachments: memoryAttachments(({ resourceId, datasetVersion, lastSequence }) => {
      const head = heads.get(resourceId);
      return head?.datasetVersion === datasetVersion && head.lastSequence === lastSequence;
    }, evidence),
    attachmentMacs: testAttachmentMacs,
    evidence,
    datasets,
    changes,
    segments: memorySegments(changes),
    give({ head, version, upload }) {
      if (head) heads.set(head.resourceId, head);
      if (version) versions.set(`${version.resourceId} ${version.version}`, version);
      if (upload) uploads.set(upload.uploadId, upload);
    },
    qualities: {
      list: async (id, page) => {
        const newestFirst = [...qualities.values()]
          .filter(({ resourceId }) => resourceId === id)
          .sort((a, b) => b.sequence - a.sequence);
        return memoryPage(
          newestFirst,
          ({ sequence }) => String(sequence),
          page,
          (quality) => quality,
        );
      },
      describe: async (upload, fields) => {
        const quality = qualities.get(qualityKey(upload));
        if (quality?.uploadId !== upload.uploadId || quality.datasetVersion === undefined) return false;
        note({ ...quality, fields: [...fields] });
        return true;
      },
    },
    answers: { find: async (department, routeId, key) => answers.get(answerKey({ department, routeId, key })) },
    agreements,
    represented,
    resources: {
      represented: async () => represented,
      async *agreements(id) {
        yield* agreements.filter(({ resourceId }) => resourceId === id);
      },
      head: async (id) => heads.get(id),
      version: async (id, version) => versions.get(`${id} ${version}`),
      dataset: async (id, version) =>
        datasets.find(({ resourceId, datasetVersion }) => resourceId === id && datasetVersion === version),
    },
    uploads: {
      find: async (id) => uploads.get(id),
      list: async (provider, { resourceId, state, ...page }) => {
        const own = [...uploads.values()]
          .filter((upload) => upload.provider === provider)
          .sort((a, b) => (a.uploadId < b.uploadId ? 1 : -1));
        return memoryPage(
          own,
          ({ uploadId }) => uploadId,
          page,
          (upload) =>
            (resourceId ?? upload.resourceId) === upload.resourceId && (state ?? upload.state) === upload.state
              ? withoutParts(upload)
              : undefined,
        );
      },
      dueBy: async (until, most) =>
        [...uploads.values()]
          .filter(({ lookAgainAt }) => lookAgainAt !== undefined && lookAgainAt <= until)
          .sort((a, b) => ((a.lookAgainAt ?? '') < (b.lookAgainAt ?? '') ? -1 : 1))
          .slice(0, most)
          .map(({ uploadId }) => uploadId),
      async *underWay(id, { after, before } = { after: 0, before: Infinity }) {
        const between = [...uploads.values()]
          .filter(({ resourceId, sequence }) => resourceId === id && after < sequence && sequence < before)
          .filter(({ state }) => state !== 'accepted' && state !== 'refused')
          .sort((a, b) => a.sequence - b.sequence);
        for (const { sequence, uploadId } of between) yield { sequence, uploadId };
      },
      announce: async (upload, lastSequence, answer) => {
        if (answered(answer)) return 'answered';
        if (heads.get(upload.resourceId)?.lastSequence !== lastSequence || uploads.has(upload.uploadId))
          return 'sequence-taken';
        change(upload.resourceId, { lastSequence: upload.sequence });
        set(upload);
        keep(answer);
        return 'announced';
      },
      replace: async (next, was, along = {}) => {
        if (!holds(next, was) || answered(along.answer)) return false;
        set(next);
        if (along.evidence) evidence.push(along.evidence);
        note(along.quality);
        keep(along.answer);
        return true;
      },
      accept: async ({ upload, was, next: { head, sequence, dataset }, evidence: item, quality }) => {
        if (!holds(upload, was)) return 'stale';
        const current = heads.get(upload.resourceId);
        if (current?.datasetVersion !== head.datasetVersion || current.committedSequence >= sequence)
          return 'overtaken';
        change(upload.resourceId, { datasetVersion: dataset.datasetVersion, committedSequence: sequence });
        set(upload);
        datasets.push(dataset);
        evidence.push(item);
        note(quality);
        return 'accepted';
      },
      keepAnswer: async (answer) => {
        if (answered(answer)) return false;
        keep(answer);
        return true;
      },
    },
  };
}

type Item = Pick<StoredUpload, 'uploadId'> & { readonly state: string; readonly number?: number };

/** A stream record as far as somebody reads it. */
function changeOf(kind: string, before: Item | undefined, after: Item): StreamRecord {
  const image = ({ uploadId, state, number }: Item) => ({
    kind: { S: kind },
    uploadId: { S: uploadId },
    state: { S: state },
    ...(number !== undefined && { number: { N: String(number) } }),
  });
  return { dynamodb: { NewImage: image(after), ...(before && { OldImage: image(before) }) } };
}

function memorySegments(changes: StreamRecord[]): Segments {
  const all = new Map<string, StoredSegment>();
  const keyOf = (uploadId: string, number: number) => `${uploadId} ${number}`;
  return {
    find: async (uploadId, number) => all.get(keyOf(uploadId, number)),
    list: async (id) => [...all.values()].filter(({ uploadId }) => uploadId === id).sort((a, b) => a.number - b.number),
    put: async (next, was) => {
      const key = keyOf(next.uploadId, next.number);
      const current = all.get(key);
      const leaseUntil = current?.state === 'checking' ? current.leaseUntil : undefined;
      const holds =
        was === undefined
          ? current === undefined
          : current?.state === was.state &&
            current.epoch === was.epoch &&
            (was.leaseUntil ?? leaseUntil) === leaseUntil;
      if (holds) {
        changes.push(changeOf('upload-segment', current, next));
        all.set(key, next);
      }
      return holds;
    },
  };
}

const qualityKey = ({ resourceId, sequence }: Pick<Quality, 'resourceId' | 'sequence'>) => `${resourceId} ${sequence}`;

const withoutParts = (upload: StoredUpload): StoredUpload => {
  if (upload.segments !== undefined) return { ...upload, pieces: [] };
  return upload.multipart ? { ...upload, multipart: { ...upload.multipart, parts: [] } } : upload;
};
