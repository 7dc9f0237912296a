import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ExtractMark, Extracts } from '../../functions/delivery/ports.ts';
import type { StoredExtract } from '../../schemas/stored/delivery.ts';
import { anId, resource, sha256 } from '../support/builders.ts';

let drawn = 0;
const later = '2026-12-01T02:00:00.000Z';

/** What every store of extracts does alike. */
export function extractsContract(setUp: () => Promise<Extracts>): void {
  let extracts: Extracts;
  let extract: StoredExtract;
  const dropping = () => ({ ...extract, state: 'deleting' });
  const attemptOf = ({ extractId, object }: StoredExtract) => ({ extractId, key: object.key });
  const another = (attempt = 2): StoredExtract => ({
    ...extract,
    object: { key: `extracts/${extract.extractId}/${attempt}`, versionId: `v${attempt}` },
  });
  const keep = async (kept: StoredExtract) => {
    await extracts.begin([attemptOf(kept)], later);
    return extracts.keep(kept, later);
  };
  /** Of this case's extract alone. */
  const due = async (until = later): Promise<ExtractMark[]> => {
    const marks: ExtractMark[] = [];
    for await (const mark of extracts.due(until)) {
      const { extractId } = mark.kind === 'extract' ? mark : mark.attempt;
      if (extractId === extract.extractId) marks.push(mark);
    }
    return marks;
  };

  beforeEach(async () => {
    extracts = await setUp();
    const extractId = anId(70_000 + ++drawn);
    extract = {
      extractId,
      resourceId: resource('legal-entities'),
      datasetVersion: 1,
      format: 'csv',
      rows: 2,
      bytes: 64,
      sha256,
      object: { key: `extracts/${extractId}/1`, versionId: 'v1' },
      grants: 0,
      state: 'ready',
    };
  });

  describe('an extract', () => {
    test('is kept once: of several attempts the first', async () => {
      const kept = await Promise.all([keep(extract), keep(another())]);
      expect(kept.filter(Boolean)).toHaveLength(1);
      expect(await extracts.find(extract.extractId)).toEqual(kept[0] ? extract : another());
    });
    test('is dropped in two steps, each of which can come again', async () => {
      await keep(extract);
      expect(await extracts.startDropping(extract.extractId)).toEqual(dropping());
      expect(await extracts.startDropping(extract.extractId)).toEqual(dropping());
      expect(await extracts.find(extract.extractId)).toEqual(dropping());
      await extracts.forget(extract);
      await extracts.forget(extract);
      expect(await extracts.find(extract.extractId)).toBeUndefined();
      expect(await due()).toEqual([]);
    });
    test('that is granted is not dropped', async () => {
      await keep({ ...extract, grants: 1 });
      expect(await extracts.startDropping(extract.extractId)).toBeUndefined();
      expect((await extracts.find(extract.extractId))?.state).toBe('ready');
    });
    test('that was written anew is not forgotten for its predecessor', async () => {
      await keep(extract);
      await extracts.startDropping(extract.extractId);
      await extracts.forget(extract);
      await keep(another());
      await extracts.forget(extract);
      expect(await extracts.find(extract.extractId)).toEqual(another());
      await extracts.startDropping(extract.extractId);
      await extracts.forget(extract);
      expect((await extracts.find(extract.extractId))?.state).toBe('deleting');
    });
    test('that is not there is not dropped', async () => {
      expect(await extracts.startDropping(extract.extractId)).toBeUndefined();
      expect(await extracts.find(extract.extractId)).toBeUndefined();
    });
  });

  describe('an attempt at an extract', () => {
    const begun = () => ({ kind: 'attempt', attempt: attemptOf(extract) });

    test('is marked until it is kept; then the extract is, until it is dropped', async () => {
      await extracts.begin([attemptOf(extract)], later);
      expect(await due('2026-12-01T01:59:59.999Z')).toEqual([]);
      expect(await due()).toEqual([begun()]);
      await extracts.keep(extract, later);
      expect(await due()).toEqual([{ kind: 'extract', extractId: extract.extractId }]);
      await extracts.startDropping(extract.extractId);
      expect(await due()).toHaveLength(1);
    });
    test('that was not first stays marked until it is ended, which can come again', async () => {
      await keep(another());
      expect(await keep(extract)).toBe(false);
      expect(await due()).toContainEqual(begun());
      for (let twice = 0; twice < 2; twice++) await extracts.end(attemptOf(extract));
      expect(await due()).toEqual([{ kind: 'extract', extractId: extract.extractId }]);
    });
    test('that was given up cannot be kept', async () => {
      await extracts.begin([attemptOf(extract)], later);
      for (let twice = 0; twice < 2; twice++) expect(await extracts.giveUp(attemptOf(extract))).toBe(true);
      expect(await extracts.keep(extract, later)).toBe(false);
      expect(await extracts.find(extract.extractId)).toBeUndefined();
      expect(await due()).toEqual([begun()]);
    });
    test.each([
      ['kept', () => keep(extract)],
      ['ended', async () => extracts.end(attemptOf(extract))],
    ])('that was %s is not given up, and one that was ended not kept', async (_, end) => {
      await extracts.begin([attemptOf(another())], later);
      await end();
      expect(await extracts.giveUp(attemptOf(extract))).toBe(false);
      expect(await extracts.keep(extract, later)).toBe(false);
    });
    test('is looked at later where that is wanted, but not once it is not marked', async () => {
      await extracts.begin([attemptOf(extract)], later);
      const mark = { kind: 'attempt', attempt: attemptOf(extract) } as const;
      await extracts.postpone(mark, '2026-12-01T03:00:00.000Z');
      expect(await due()).toEqual([]);
      await extracts.end(attemptOf(extract));
      await extracts.postpone(mark, later);
      expect(await due('2026-12-02T00:00:00.000Z')).toEqual([]);
    });
  });
}
