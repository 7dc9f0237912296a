import type { UploadId } from '../../../../schemas/contracts/ids.ts';
import type { PartDeclaration } from '../../../../schemas/contracts/uploads.ts';
import type { StoredUpload } from '../../../../schemas/stored/uploads.ts';
import { Fault } from '../../../kernel/fault.ts';
import { toItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { putNew, type Write } from '../table/write.ts';

const LENGTH_BYTES = 5;
const DIGEST_BYTES = 32;
const PART_BYTES = LENGTH_BYTES + DIGEST_BYTES;

/** Beside the upload, never changed: as text, 10,000 parts would be 700 KB, and an item may have 400 KB; packed they are 370. */
const partsKey = (uploadId: UploadId): Key => ({ ...keyOf.upload(uploadId), sk: 'PARTS' });

export const writeParts = (table: Table, upload: StoredUpload): readonly Write[] => {
  const parts = upload.segments === undefined ? upload.multipart?.parts : upload.pieces;
  return parts ? [putNew(table, toItem('upload-parts', partsKey(upload.uploadId), { packed: pack(parts) }))] : [];
};

export async function readParts(table: Table, uploadId: UploadId): Promise<PartDeclaration[]> {
  const item = await readItem(table, partsKey(uploadId));
  if (!item) throw new Fault(`the parts of upload ${uploadId} are gone`);
  return unpack(Buffer.from(item['packed'] as Uint8Array));
}

/** Each part: its length, 5 bytes big-endian (S3's most is 5 GiB), and the 32 bytes of its SHA-256. */
function pack(parts: readonly PartDeclaration[]): Buffer {
  const packed = Buffer.alloc(parts.length * PART_BYTES);
  parts.forEach(({ bytes, sha256 }, index) => {
    packed.writeUIntBE(bytes, index * PART_BYTES, LENGTH_BYTES);
    packed.write(sha256, index * PART_BYTES + LENGTH_BYTES, 'base64');
  });
  return packed;
}

const unpack = (packed: Buffer): PartDeclaration[] =>
  Array.from({ length: packed.length / PART_BYTES }, (_, index) => {
    const start = index * PART_BYTES;
    return {
      bytes: packed.readUIntBE(start, LENGTH_BYTES),
      sha256: packed.toString('base64', start + LENGTH_BYTES, start + PART_BYTES),
    };
  });
