import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Extracts } from '../../functions/delivery/ports.ts';
import type { StoredExtract } from '../../schemas/contracts/deliveries.ts';
import { anId, resource, sha256 } from '../support/builders.ts';

let drawn = 0;

/** What every store of extracts does alike. */
export function extractsContract(setUp: () => Promise<Extracts>): void {
  let extracts: Extracts;
  let extract: StoredExtract;
  const dropping = () => ({ ...extract, state: 'deleting' });

  beforeEach(async () => {
    extracts = await setUp();
    extract = {
      extractId: anId(70_000 + ++drawn),
      resourceId: resource('legal-entities'),
      datasetVersion: 1,
      format: 'csv',
      rows: 2,
      bytes: 64,
      sha256,
      object: { key: 'extracts/1', versionId: 'v1' },
      grants: 0,
      state: 'ready',
    };
  });

  describe('an extract', () => {
    test('is kept once: of several attempts the first', async () => {
      const other = { ...extract, object: { key: 'extracts/2', versionId: 'v2' } };
      const kept = await Promise.all([extracts.keep(extract), extracts.keep(other)]);
      expect(kept.filter(Boolean)).toHaveLength(1);
      expect(await extracts.find(extract.extractId)).toEqual(kept[0] ? extract : other);
    });
    test('is dropped in two steps, each of which can come again', async () => {
      await extracts.keep(extract);
      expect(await extracts.startDropping(extract.extractId)).toEqual(dropping());
      expect(await extracts.startDropping(extract.extractId)).toEqual(dropping());
      expect(await extracts.find(extract.extractId)).toEqual(dropping());
      await extracts.forget(extract);
      await extracts.forget(extract);
      expect(await extracts.find(extract.extractId)).toBeUndefined();
    });
    test('that is granted is not dropped', async () => {
      await extracts.keep({ ...extract, grants: 1 });
      expect(await extracts.startDropping(extract.extractId)).toBeUndefined();
      expect((await extracts.find(extract.extractId))?.state).toBe('ready');
    });
    test('that was written anew is not forgotten for its predecessor', async () => {
      await extracts.keep(extract);
      await extracts.startDropping(extract.extractId);
      await extracts.forget(extract);
      const anew = { ...extract, object: { key: 'extracts/2', versionId: 'v2' } };
      await extracts.keep(anew);
      await extracts.forget(extract);
      expect(await extracts.find(extract.extractId)).toEqual(anew);
      await extracts.startDropping(extract.extractId);
      await extracts.forget(extract);
      expect((await extracts.find(extract.extractId))?.state).toBe('deleting');
    });
    test('that is not there is not dropped', async () => {
      expect(await extracts.startDropping(extract.extractId)).toBeUndefined();
      expect(await extracts.find(extract.extractId)).toBeUndefined();
    });
  });
}
