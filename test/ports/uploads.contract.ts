import { describe, expect, test } from '@jest/globals';
import type { Qualities, Resources, Segments, UnderWay, Uploads } from '../../functions/intake/ports.ts';
import { theHub } from '../../functions/kernel/evidence.ts';
import type { Answers } from '../../functions/kernel/ports.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { EvidenceId, ResourceId, UploadId } from '../../schemas/contracts/ids.ts';
import type { Quality } from '../../schemas/contracts/quality.ts';
import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { aResource, aStoredDataset, anId, department, instant, resource, sha256 } from '../support/builders.ts';
import { anUpload, inState, later, type UploadChanges } from '../intake/an-upload.ts';
import type { StoredSegment } from '../../schemas/stored/segments.ts';

export interface UploadStore {
  readonly uploads: Uploads;
  readonly segments: Segments;
  readonly resources: Resources;
  readonly qualities: Qualities;
  readonly answers: Answers;
  readonly giveHead: (head: ResourceHead) => Promise<void>;
  readonly dataset: (resourceId: ResourceId, version: number) => Promise<StoredDataset | undefined>;
  readonly hasEvidence: (evidence: Evidence) => Promise<boolean>;
}

let count = 0;
/** Every case has a resource, a provider and ids of its own, so that all can share one store. */
const fresh = () => {
  count += 1;
  return {
    id: (more = 0) => anId(count * 1000 + more),
    resourceId: resource(`resource-${count}`),
    provider: department(`provider-${count}`),
  };
};
const anAnswer = (provider: string, key = 'k1'): StoredAnswer => ({
  department: department(provider),
  routeId: 'announceUpload',
  key,
  requestDigest: sha256,
  status: 201,
  body: '{}',
  expires: 2_000_000_000,
});
const someEvidence = (uploadId: UploadId): Evidence => ({
  evidenceId: uploadId as string as EvidenceId,
  at: instant,
  act: 'upload-refused',
  actor: theHub('check'),
  subject: { uploadId },
  digests: {},
});

const aQuality = (
  { resourceId, uploadId, sequence, resourceVersion, content }: StoredUpload,
  {
    state = 'accepted',
    datasetVersion,
  }: { readonly state?: Quality['state']; readonly datasetVersion?: number | undefined },
): Quality => ({
  resourceId,
  uploadId,
  sequence,
  resourceVersion,
  content,
  state,
  at: instant,
  rows: { read: 2, accepted: 2, rejected: 0 },
  violations: [],
  ...(datasetVersion !== undefined && { datasetVersion, datasetRows: 2, drift: -0.125 }),
});
async function numbersOf(found: AsyncIterable<UnderWay>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { sequence } of found) numbers.push(sequence);
  return numbers;
}

/** What every store of uploads keeps to. */
export function uploadsContract(name: string, open: () => UploadStore): void {
  describe(`uploads in ${name}`, () => {
    async function given(changes: UploadChanges = {}, head: Partial<ResourceHead> = {}) {
      const store = open();
      const { id, resourceId, provider } = fresh();
      await store.giveHead(aResource({ resourceId, provider, ...head }));
      const upload = anUpload({ uploadId: id(), ...changes, resourceId, provider });
      return { ...store, id, resourceId, provider, upload };
    }
    async function announcedAs(stored: StoredUpload) {
      const things = await given({ ...stored, uploadId: anId(++count * 1000) });
      const upload = {
        ...stored,
        uploadId: things.upload.uploadId,
        resourceId: things.resourceId,
        provider: things.provider,
      };
      await things.uploads.announce(upload, 0, undefined);
      return { ...things, upload };
    }

    describe('announcing', () => {
      test('stores the upload and moves the sequence of its resource', async () => {
        const { uploads, resources, upload, resourceId } = await given({ sequence: 5 }, { lastSequence: 4 });
        expect(await uploads.announce(upload, 4, undefined)).toBe('announced');
        expect(await uploads.find(upload.uploadId)).toEqual(upload);
        expect(await resources.head(resourceId)).toMatchObject({
          lastSequence: 5,
          committedSequence: 0,
          datasetVersion: 0,
        });
      });
      test('keeps as many parts as S3 takes', async () => {
        const parts = Array.from({ length: 10_000 }, (_, index) => ({ bytes: 5 * 1024 ** 3 - index, sha256 }));
        const { uploads, upload } = await given({ multipart: { id: 'm1', parts } });
        expect(await uploads.announce(upload, 0, undefined)).toBe('announced');
        expect(await uploads.find(upload.uploadId)).toEqual(upload);
      });
      test('changes nothing where the sequence number is taken', async () => {
        const { uploads, answers, upload, provider } = await given({ sequence: 1 }, { lastSequence: 1 });
        expect(await uploads.announce(upload, 0, anAnswer(provider))).toBe('sequence-taken');
        expect(await uploads.find(upload.uploadId)).toBeUndefined();
        expect(await answers.find(provider, 'announceUpload', 'k1')).toBeUndefined();
      });
      test('gives one number once, however many ask at a time', async () => {
        const { uploads, upload, id } = await given();
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, index) => uploads.announce({ ...upload, uploadId: id(index) }, 0, undefined)),
        );
        expect(results.filter((result) => result === 'announced')).toHaveLength(1);
        expect(results.filter((result) => result === 'sequence-taken')).toHaveLength(7);
      });
      test('keeps its answer, and happens once for one answer', async () => {
        const { uploads, answers, upload, id, provider } = await given();
        const answer = anAnswer(provider);
        expect(await uploads.announce(upload, 0, answer)).toBe('announced');
        expect(await answers.find(provider, 'announceUpload', 'k1')).toEqual(answer);
        expect(await uploads.announce({ ...upload, uploadId: id(1), sequence: 2 }, 1, answer)).toBe('answered');
        expect(await uploads.find(id(1))).toBeUndefined();
      });
    });

    describe('replacing', () => {
      const lease = { leaseUntil: later(80) };
      test.each([
        ['same state and epoch', inState.received(), { state: 'received', epoch: 0 }, true],
        ['same lease', inState.checking(lease), { state: 'checking', epoch: 1, ...lease }, true],
        ['lease of no interest', inState.checking(lease), { state: 'checking', epoch: 1 }, true],
        [
          'renewed lease',
          inState.checking({ leaseUntil: later(100) }),
          { state: 'checking', epoch: 1, ...lease },
          false,
        ],
        ['another state', inState.received(), { state: 'awaiting', epoch: 0 }, false],
        ['another epoch', inState.checking({ epoch: 2 }), { state: 'checking', epoch: 1 }, false],
        ['finished', inState.accepted(), { state: 'checking', epoch: 1 }, false],
      ] as const)('lands only on what was read: %s', async (_, stored, was, lands) => {
        const { uploads, upload } = await announcedAs(stored);
        const next = inState.refused(upload);
        const evidence = someEvidence(upload.uploadId);
        expect(await uploads.replace(next, was, { evidence })).toBe(lands);
        expect(await uploads.find(upload.uploadId)).toEqual(lands ? next : upload);
      });
      test('takes evidence and answer along, all or nothing', async () => {
        const store = await announcedAs(inState.awaiting());
        const { uploads, answers, upload, provider } = store;
        const evidence = someEvidence(upload.uploadId);
        const next = inState.received(upload);
        await uploads.keepAnswer(anAnswer(provider, 'taken'));
        expect(await uploads.replace(next, upload, { evidence, answer: anAnswer(provider, 'taken') })).toBe(false);
        expect(await store.hasEvidence(evidence)).toBe(false);
        expect(await uploads.find(upload.uploadId)).toEqual(upload);
        expect(await uploads.replace(next, upload, { evidence, answer: anAnswer(provider, 'free') })).toBe(true);
        expect(await store.hasEvidence(evidence)).toBe(true);
        expect(await answers.find(provider, 'announceUpload', 'free')).toBeDefined();
      });
      test('keeps the parts of a multipart upload', async () => {
        const { uploads, upload } = await announcedAs(
          inState.awaiting({ multipart: { id: 'm', parts: [{ bytes: 5, sha256 }] } }),
        );
        const next = inState.received(upload);
        await uploads.replace(next, upload);
        expect(await uploads.find(upload.uploadId)).toEqual(next);
      });
      test('keeps what was announced of segments', async () => {
        const pieces = Array.from({ length: 1000 }, (_, index) => ({ bytes: 5 * 1024 ** 3 - index, sha256 }));
        const { uploads, upload } = await announcedAs(inState.awaiting({ segments: 1000, pieces }));
        expect(await uploads.find(upload.uploadId)).toEqual(upload);
        const next = inState.received(upload);
        await uploads.replace(next, upload);
        expect(await uploads.find(upload.uploadId)).toEqual(next);
      });
      test('an answer is kept once', async () => {
        const { uploads, provider } = await given();
        expect(await uploads.keepAnswer(anAnswer(provider))).toBe(true);
        expect(await uploads.keepAnswer(anAnswer(provider))).toBe(false);
      });
    });

    describe('segments', () => {
      const place = { key: 'segments/x/1-1-keys', versionId: 'v1' };
      const given = () => {
        const { segments } = open();
        const uploadId = fresh().id();
        const segment = (number: number, changes: object = {}) =>
          ({
            uploadId,
            number,
            state: 'received',
            object: { versionId: `v${number}`, bytes: number },
            receivedAt: instant,
            epoch: 0,
            ...changes,
          }) as StoredSegment;
        return { segments, uploadId, segment };
      };

      test('are found by number and listed in order, those of their upload alone', async () => {
        const { segments, uploadId, segment } = given();
        const other = fresh().id();
        for (const number of [1000, 2, 1]) expect(await segments.put(segment(number))).toBe(true);
        expect(await segments.put({ ...segment(3), uploadId: other })).toBe(true);
        expect(await segments.find(uploadId, 2)).toEqual(segment(2));
        expect(await segments.find(uploadId, 3)).toBeUndefined();
        expect(await segments.list(uploadId)).toEqual([segment(1), segment(2), segment(1000)]);
      });
      test('arrive once: what arrived first stays', async () => {
        const { segments, segment } = given();
        await segments.put(segment(1));
        expect(await segments.put(segment(1, { object: { versionId: 'other', bytes: 9 } }))).toBe(false);
        expect(await segments.list(segment(1).uploadId)).toEqual([segment(1)]);
      });
      test('change as long as nobody else has changed them', async () => {
        const { segments, segment } = given();
        const checking = segment(1, { state: 'checking', epoch: 1, leaseUntil: later(60), keys: place });
        expect(await segments.put(checking, segment(1))).toBe(false);
        await segments.put(segment(1));
        expect(await segments.put(checking, segment(1))).toBe(true);
        expect(await segments.put(checking, segment(1))).toBe(false);
        const renewed = { ...checking, leaseUntil: later(90) };
        expect(await segments.put(renewed, { state: 'checking', epoch: 1 })).toBe(true);
        expect(await segments.put(checking, checking)).toBe(false);
        expect(await segments.put(checking, { state: 'checking', epoch: 2 })).toBe(false);
        expect(await segments.find(checking.uploadId, 1)).toEqual(renewed);
      });
      test('keep what was found in them', async () => {
        const { segments, segment } = given();
        const found = { rows: { read: 2, accepted: 1, rejected: 1 }, violationsTotal: 1, reported: 1, fixable: 1 };
        const outcome = {
          ...found,
          lines: 3,
          blankLines: 0,
          dataset: { ...place, bytes: 5, sha256 },
          counts: place,
          report: place,
          fixFile: place,
        };
        const checked = segment(1, { state: 'checked', epoch: 1, outcome, keys: place, collisions: place });
        await segments.put(checked);
        await segments.put(segment(2, { state: 'checked', outcome: { refusal: { code: 'header', detail: 'x' } } }));
        expect(await segments.find(checked.uploadId, 1)).toEqual(checked);
        expect(await segments.find(checked.uploadId, 2)).toMatchObject({
          outcome: { refusal: { code: 'header', detail: 'x' } },
        });
      });
    });

    describe('accepting', () => {
      async function checkingAt(sequence: number, head: Partial<ResourceHead>) {
        const things = await given(
          { ...inState.checking({ sequence }), uploadId: anId(++count * 1000) },
          { lastSequence: sequence - 1, ...head },
        );
        const { uploads, upload, resourceId, resources } = things;
        await uploads.announce(upload, sequence - 1, undefined);
        const current = (await resources.head(resourceId)) as ResourceHead;
        const datasetVersion = current.datasetVersion + 1;
        const acceptance = {
          upload: inState.accepted({ ...upload, datasetVersion }),
          was: { state: 'checking' as const, epoch: 1 },
          next: {
            head: current,
            sequence,
            dataset: aStoredDataset({ resourceId, datasetVersion, uploadId: upload.uploadId }),
          },
          evidence: { ...someEvidence(upload.uploadId), act: 'upload-accepted' as const },
          quality: aQuality(upload, { datasetVersion }),
        };
        return { ...things, acceptance };
      }

      test('upload, resource, dataset and evidence go together', async () => {
        const { uploads, resources, qualities, acceptance, dataset, hasEvidence, resourceId } = await checkingAt(3, {
          datasetVersion: 7,
          committedSequence: 2,
        });
        expect(await uploads.accept(acceptance)).toBe('accepted');
        expect(await uploads.find(acceptance.upload.uploadId)).toEqual(acceptance.upload);
        expect(await resources.head(resourceId)).toMatchObject({
          datasetVersion: 8,
          committedSequence: 3,
          lastSequence: 3,
        });
        expect(await dataset(resourceId, 8)).toEqual(acceptance.next.dataset);
        expect(await resources.dataset(resourceId, 8)).toEqual(acceptance.next.dataset);
        expect(await resources.dataset(resourceId, 9)).toBeUndefined();
        expect(await hasEvidence(acceptance.evidence)).toBe(true);
        expect((await qualities.list(resourceId, { limit: 5 })).items).toEqual([acceptance.quality]);
        expect(await numbersOf(uploads.underWay(resourceId))).toEqual([]);
      });
      test.each([
        ['another attempt has the upload', { was: { state: 'checking' as const, epoch: 2 } }, {}, 'stale'],
        ['the dataset version moved since it was read', {}, { datasetVersion: 8, committedSequence: 2 }, 'overtaken'],
        ['an upload of the same number is in force', {}, { datasetVersion: 7, committedSequence: 3 }, 'overtaken'],
        ['a newer upload is in force', {}, { datasetVersion: 7, committedSequence: 4 }, 'overtaken'],
      ] as const)('or not at all: %s', async (_, changes, moved, result) => {
        const store = await checkingAt(3, { datasetVersion: 7, committedSequence: 2 });
        const { uploads, resources, qualities, acceptance, dataset, hasEvidence, resourceId } = store;
        await store.giveHead({ ...acceptance.next.head, ...moved });
        expect(await uploads.accept({ ...acceptance, ...changes })).toBe(result);
        expect(await uploads.find(acceptance.upload.uploadId)).toMatchObject({ state: 'checking' });
        expect(await resources.head(resourceId)).toEqual({ ...acceptance.next.head, ...moved });
        expect(await dataset(resourceId, 8)).toBeUndefined();
        expect(await hasEvidence(acceptance.evidence)).toBe(false);
        expect((await qualities.list(resourceId, { limit: 5 })).items).toEqual([]);
        expect(await numbersOf(uploads.underWay(resourceId))).toEqual([3]);
      });
    });

    describe('uploads without a verdict', () => {
      async function withSome(verdicts: readonly number[]) {
        const things = await given();
        const { uploads, upload, id } = things;
        for (let each = 1; each <= 12; each++)
          await uploads.announce(
            { ...upload, uploadId: id(each), sequence: each, content: 'changes' },
            each - 1,
            undefined,
          );
        for (const each of verdicts) {
          const stored = (await uploads.find(id(each))) as StoredUpload;
          await uploads.replace(inState.refused(stored), stored);
        }
        return things;
      }
      test('are found by their numbers, lowest first', async () => {
        const { uploads, resourceId, id } = await withSome([]);
        const found: UnderWay[] = [];
        for await (const each of uploads.underWay(resourceId, { after: 8, before: 11 })) found.push(each);
        expect(found).toEqual([9, 10].map((sequence) => ({ sequence, uploadId: id(sequence) })));
      });
      test.each([
        ['all', undefined, [1, 2, 4, 5, 7, 8, 9, 10, 11, 12]],
        ['none between neighbours', { after: 4, before: 5 }, []],
        ['none between a number and one before it', { after: 9, before: 5 }, []],
        ['some', { after: 0, before: 5 }, [1, 2, 4]],
      ])('until it comes: %s', async (_, between, numbers) => {
        const { uploads, resourceId } = await withSome([3, 6]);
        expect(await numbersOf(uploads.underWay(resourceId, between))).toEqual(numbers);
      });
    });

    describe('quality', () => {
      const fields = [{ name: 'org_code', missing: 0, distinct: 2, minimum: 'A1' }];
      async function judged(state: 'held' | 'refused', datasetVersion?: number) {
        const things = await announcedAs(inState.checking());
        const { uploads, upload } = things;
        const next = inState[state](upload);
        await uploads.replace(next, upload, { quality: aQuality(next, { state, datasetVersion }) });
        return { ...things, next };
      }

      test('is of the last verdict', async () => {
        const { uploads, qualities, next, resourceId } = await judged('held');
        await uploads.replace(inState.refused(next), next, { quality: aQuality(next, { state: 'refused' }) });
        expect((await qualities.list(resourceId, { limit: 5 })).items).toEqual([aQuality(next, { state: 'refused' })]);
      });
      test('takes the columns of the dataset, once and again', async () => {
        const { qualities, next, resourceId } = await judged('held', 3);
        for (let twice = 0; twice < 2; twice++) expect(await qualities.describe(next, fields)).toBe(true);
        expect((await qualities.list(resourceId, { limit: 5 })).items).toEqual([
          { ...aQuality(next, { state: 'held', datasetVersion: 3 }), fields },
        ]);
      });
      test('takes none where there is no dataset, or another upload', async () => {
        const { qualities, next, id } = await judged('refused');
        expect(await qualities.describe(next, fields)).toBe(false);
        const other = await judged('held', 3);
        expect(await qualities.describe({ ...other.next, uploadId: id(77) }, fields)).toBe(false);
        expect(await qualities.describe({ ...other.next, sequence: 55 }, fields)).toBe(false);
      });
      test('is listed newest first, page by page, of one resource', async () => {
        const { uploads, qualities, upload, id, resourceId } = await given();
        for (let each = 1; each <= 11; each++) {
          const next = { ...upload, uploadId: id(each), sequence: each };
          await uploads.announce(next, each - 1, undefined);
          await uploads.replace(inState.refused(next), next, { quality: aQuality(next, { state: 'refused' }) });
        }
        const numbers: number[] = [];
        let cursor: string | undefined;
        do {
          const page = await qualities.list(resourceId, { limit: 4, ...(cursor !== undefined && { cursor }) });
          numbers.push(...page.items.map(({ sequence }) => sequence));
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect(numbers).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        expect(await qualities.list(resource('without-quality'), { limit: 4 })).toEqual({ items: [] });
      });
    });

    describe('listing', () => {
      async function withFive() {
        const things = await given();
        const { uploads, upload, id, resourceId } = things;
        for (let each = 1; each <= 5; each++) {
          const build = each % 2 === 0 ? inState.refused : inState.awaiting;
          await uploads.announce(
            build({ ...upload, state: each % 2 === 0 ? 'refused' : 'awaiting', uploadId: id(each), sequence: each }),
            each - 1,
            undefined,
          );
        }
        return {
          ...things,
          listed: async (query: object) => {
            const all: string[] = [];
            let cursor: string | undefined;
            do {
              const page = await uploads.list(things.provider, {
                limit: 2,
                ...query,
                ...(cursor !== undefined && { cursor }),
              });
              all.push(...page.items.map(({ uploadId }) => uploadId));
              cursor = page.cursor;
            } while (cursor !== undefined);
            return all;
          },
          resourceId,
        };
      }
      test('gives a provider all its own, newest first, page by page', async () => {
        const { listed, id } = await withFive();
        expect(await listed({})).toEqual([5, 4, 3, 2, 1].map(id));
      });
      test('by state and by resource', async () => {
        const { listed, id, resourceId } = await withFive();
        expect(await listed({ state: 'refused' })).toEqual([4, 2].map(id));
        expect(await listed({ resourceId })).toHaveLength(5);
        expect(await listed({ resourceId: resource('another') })).toEqual([]);
      });
      test('and nothing of another provider', async () => {
        const { uploads } = await withFive();
        expect(await uploads.list(department('stranger'), { limit: 50 })).toEqual({ items: [] });
      });
    });

    test('uploads that are due come oldest first, bounded, and only while they carry a time', async () => {
      const { uploads, upload, id } = await given();
      const at = (year: number) => `${2000 + count}-01-0${year}T00:00:00.000Z`;
      for (const [index, day] of [3, 1, 2, 9].entries()) {
        await uploads.announce(
          { ...upload, uploadId: id(index), sequence: index + 1, lookAgainAt: at(day) },
          index,
          undefined,
        );
      }
      await uploads.announce(
        inState.refused({ ...upload, state: 'refused', uploadId: id(8), sequence: 5 }),
        4,
        undefined,
      );
      const own = (await uploads.dueBy(at(5), 100)).filter(
        (each) => each.slice(-7, -3) === upload.uploadId.slice(-7, -3),
      );
      expect(own).toEqual([id(1), id(2), id(0)]);
      expect(await uploads.dueBy(at(5), 2)).toHaveLength(2);
    });
  });
}
