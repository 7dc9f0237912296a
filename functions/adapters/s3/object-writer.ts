import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../../kernel/fault.ts';
import { withCrc32 } from './body-checksum.ts';
import { multipartUpload } from './multipart-upload.ts';
import { partMemory } from './part-memory.ts';
import { ofThisProcess, PartsInFlight, type Room } from './parts-in-flight.ts';

/** S3 wants at least 5 MiB a part. */
export const PART_BYTES = 5 * 1024 ** 2;
const SMALL_PARTS = 1000;

/** The first thousand parts are as small as may be, the others larger: most objects need little memory, all may grow to 75 GiB. */
export const partBytes = (number: number): number => (number <= SMALL_PARTS ? PART_BYTES : 8 * 1024 ** 2);

interface WrittenObject {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
}

/**
 * One object in the making; nobody can see it before `close`. It holds the part that is filled and those on their way: one,
 * and more as long as all objects of the process have no more than 16 MiB on their way.
 */
export interface ObjectWriter {
  /** Copies the chunk; waits while there is no room for another part on its way. Throws what sending any part met. */
  write(chunk: Uint8Array): Promise<void>;
  /** The object becomes visible, at once and whole. */
  close(): Promise<WrittenObject>;
  /** Gives up what was not closed: breaks off parts on their way, and removes the others; harmless after `close`. */
  abort(): Promise<void>;
}

/**
 * Writes an object of unknown length to a versioned bucket, at a key that has none: one PutObject below one part, multipart above,
 * each with its CRC-32, which S3 verifies (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).
 */
export function openObject(client: S3Client, bucket: string, key: string, room: Room = ofThisProcess): ObjectWriter {
  const upload = multipartUpload(client, bucket, key);
  const parts = new PartsInFlight(room);
  const memory = partMemory();
  let current = memory.take(PART_BYTES);
  let filled = 0;
  let begun = 0;
  let bytes = 0;

  const sendCurrent = async (): Promise<void> => {
    const full = current;
    const part = full.subarray(0, filled);
    const number = begun + 1;
    await parts.begin(part.length, async (signal) => {
      await upload.send(number, part, signal);
      memory.give(full);
    });
    begun = number;
    current = memory.take(partBytes(number + 1));
    filled = 0;
  };

  const putOnly = () => putWhole(client, bucket, key, current.subarray(0, filled));
  const completed = async (): Promise<string> => {
    await sendCurrent();
    await parts.arrived();
    return versionOf(await upload.complete(), bucket);
  };

  return {
    async write(chunk) {
      parts.mustGoOn();
      for (let from = 0; from < chunk.length;) {
        if (filled === current.length) await sendCurrent();
        const taken = Math.min(current.length - filled, chunk.length - from);
        current.set(chunk.subarray(from, from + taken), filled);
        filled += taken;
        from += taken;
        bytes += taken;
      }
    },
    async close() {
      const versionId = await (bytes <= PART_BYTES ? putOnly() : completed());
      memory.leave(current);
      return { key, bytes, versionId };
    },
    async abort() {
      await parts.end();
      memory.leave();
      await upload.abort();
    },
  };
}

/**
 * A key is written once: a PUT that is repeated because its answer was lost must not put a second version on top of
 * the one that a record may name (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
async function putWhole(client: S3Client, bucket: string, key: string, body: Uint8Array): Promise<string> {
  const object = { Bucket: bucket, Key: key, Body: body, ContentLength: body.length, IfNoneMatch: '*' };
  const { VersionId } = await client.send(withCrc32(new PutObjectCommand(object), body));
  return versionOf(VersionId, bucket);
}

function versionOf(versionId: string | undefined, bucket: string): string {
  if (versionId === undefined) throw new Fault(`bucket ${bucket} keeps no versions`);
  return versionId;
}
