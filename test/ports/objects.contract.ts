import { describe, expect, test } from '@jest/globals';
import type { CheckedObjects, IntakeObjects } from '../../functions/intake/ports.ts';
import { MIN_PART_BYTES } from '../../schemas/contracts/uploads.ts';
import { instant } from '../support/builders.ts';
import { digest } from '../intake/an-upload.ts';

export interface ObjectStores {
  readonly objects: IntakeObjects;
  readonly checked: CheckedObjects;
  /** As a provider sends. */
  readonly put: (key: string, content: Buffer) => Promise<void>;
  readonly putPart: (key: string, multipartId: string, number: number, content: Buffer) => Promise<void>;
  /** What is visible at a key of the checked objects. */
  readonly visible: (key: string) => Promise<string | undefined>;
}

const textOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('utf8');
};

let count = 0;

/** What every store of objects keeps to. */
export function objectsContract(name: string, open: () => ObjectStores): void {
  const fresh = () => ({ ...open(), key: `uploads/quality/${(count += 1)}` });

  describe(`objects in ${name}`, () => {
    test('what was sent is found with its version and length, and read by its version', async () => {
      const { objects, key, put } = fresh();
      expect(await objects.find(key)).toBeUndefined();
      await put(key, Buffer.from('first'));
      const first = await objects.find(key);
      expect(first).toEqual({ versionId: expect.any(String), bytes: 5 });
      await put(key, Buffer.from('second!'));
      expect(await objects.find(key)).toMatchObject({ bytes: 7 });
      expect(await textOf(await objects.read(key, first?.versionId ?? ''))).toBe('first');
    });

    test('what the hub puts there itself is found like what was sent, and only as its digest says', async () => {
      const { objects, key } = fresh();
      const content = Buffer.from('{"code":"A1"}\n');
      const put = await objects.put(key, content, digest(content));
      expect(put).toEqual({ versionId: expect.any(String), bytes: content.length });
      expect(await objects.find(key)).toEqual(put);
      expect(await textOf(await objects.read(key, put.versionId))).toBe(content.toString());
      await expect(objects.put(`${key}/other`, content, digest('other'))).rejects.toThrow();
      expect(await objects.find(`${key}/other`)).toBeUndefined();
    });

    test('a URL for sending says exactly which headers to send', async () => {
      const { objects, key } = fresh();
      const headers = { 'content-length': '5', 'x-amz-checksum-sha256': digest('first') };
      const declared = { bytes: 5, sha256: digest('first') };
      expect(await objects.putUrl(key, declared, instant)).toEqual({ url: expect.stringContaining(key), headers });
      const part = await objects.partUrl(key, 'm1', 3, declared, instant);
      expect(part).toEqual({ url: expect.stringContaining('partNumber=3'), headers });
    });

    test('parts that were sent are told with length and digest, and become one object once', async () => {
      const { objects, key, putPart } = fresh();
      const parts = [Buffer.alloc(MIN_PART_BYTES, 'a'), Buffer.from('end')];
      const id = await objects.startMultipart(key);
      expect(await objects.parts(key, id)).toEqual([]);
      for (const number of [2, 1]) await putPart(key, id, number, parts[number - 1] as Buffer);
      const sent = [...((await objects.parts(key, id)) ?? [])].sort((a, b) => a.number - b.number);
      expect(sent).toEqual(
        parts.map((part, index) => ({
          number: index + 1,
          bytes: part.length,
          sha256: digest(part),
          eTag: expect.any(String),
        })),
      );

      const versionId = await objects.assemble(key, id, sent);
      expect(await objects.find(key)).toEqual({ versionId, bytes: MIN_PART_BYTES + 3 });
      expect(await objects.assemble(key, id, sent)).toBeUndefined();
      expect(await objects.parts(key, id)).toBeUndefined();
    });

    test('an aborted multipart upload is gone; aborting again is harmless', async () => {
      const { objects, key } = fresh();
      const id = await objects.startMultipart(key);
      await objects.abortMultipart(key, id);
      await objects.abortMultipart(key, id);
      expect(await objects.parts(key, id)).toBeUndefined();
      expect(await objects.find(key)).toBeUndefined();
    });

    test('a checked object is seen once closed, and not when given up', async () => {
      const { checked, key, visible } = fresh();
      const writer = checked.open(key);
      await writer.write(Buffer.from('one,'));
      await writer.write(Buffer.from('two'));
      expect(await visible(key)).toBeUndefined();
      expect(await writer.close()).toMatchObject({ versionId: expect.any(String), bytes: 7 });
      expect(await visible(key)).toBe('one,two');

      const other = checked.open(`${key}/other`);
      await other.write(Buffer.from('x'));
      await other.abort();
      expect(await visible(`${key}/other`)).toBeUndefined();
    });

    test('a checked object is read by its version, and its key is written once', async () => {
      const { checked, key, visible } = fresh();
      const close = async (content: string) => {
        const writer = checked.open(key);
        await writer.write(Buffer.from(content));
        return writer.close();
      };
      const { versionId } = await close('first');
      await expect(close('second')).rejects.toThrow();
      expect([await visible(key), await textOf(await checked.read(key, versionId))]).toEqual(['first', 'first']);
    });

    test.each([
      ['by version', true],
      ['whatever is visible', false],
    ])('a checked object is removed %s, and again harmlessly', async (_, byVersion) => {
      const { checked, key, visible } = fresh();
      const writer = checked.open(key);
      await writer.write(Buffer.from('x'));
      const { versionId } = await writer.close();
      for (let twice = 0; twice < 2; twice++) await checked.remove(key, byVersion ? versionId : undefined);
      expect(await visible(key)).toBeUndefined();
    });
  });
}
