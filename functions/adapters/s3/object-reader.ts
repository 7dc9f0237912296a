import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../../kernel/fault.ts';
import { readAhead } from './read-ahead.ts';

/** A connection that breaks is taken up again where it broke, this often in a row without a byte in between. */
const RESUMPTIONS = 3;
/** What may wait for its reader: 10 ms of a function's line to S3, while the reader computes or waits for its own outputs. */
const AHEAD_BYTES = 1024 ** 2;

/**
 * The bytes of one version of an object, in order, to be iterated once. Throws where the object is not there.
 * Long streams break now and then; reading goes on from the same byte of the same version
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, Range).
 */
export async function readObject(
  client: S3Client,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<AsyncIterable<Uint8Array>> {
  const open = async (from: number, version: string | undefined) => {
    const range = from > 0 ? { Range: `bytes=${from}-` } : {};
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version, ...range }));
    return {
      body: answer.Body as AsyncIterable<Uint8Array>,
      length: answer.ContentLength ?? 0,
      version: answer.VersionId ?? version,
    };
  };
  const first = await open(0, versionId);
  return bytesOf(first.body, first.length, async (from) => (await open(from, first.version)).body);
}

async function* bytesOf(
  first: AsyncIterable<Uint8Array>,
  length: number,
  reopen: (from: number) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  let body = first;
  let at = 0;
  for (let failures = 0; ;) {
    try {
      for await (const chunk of readAhead(body, AHEAD_BYTES)) {
        at += chunk.length;
        if (chunk.length > 0) failures = 0;
        yield chunk;
      }
      if (at === length) return;
      throw new Fault(`the object ended at byte ${at} of ${length}`);
    } catch (fault) {
      failures += 1;
      if (at >= length || failures > RESUMPTIONS) throw fault;
      body = await reopen(at);
    }
  }
}
