import type { Reply } from '../../front/reply.ts';
import { AwsRefusal, notImplemented } from '../../front/refusal.ts';
import type { S3Call } from '../call.ts';
import { checksumHeaders, storedHeaders, versionHeader } from '../object-headers.ts';
import { receive } from '../receive.ts';

export async function putObject(call: S3Call): Promise<Reply> {
  const { bucket, key, store, principal } = call;
  store.bucket(bucket);
  const onlyIfAbsent = absenceCondition(call);
  const headers = storedHeaders(call.request, call.header);
  const { blob, eTag, checksums } = await receive(call);
  const object = { bucket, key, eTag, headers, checksums, blobs: [blob] };
  const origin = { reason: 'PutObject', requester: principal.account, onlyIfAbsent } as const;
  const version = await store.put(object, origin).catch(async (error: unknown) => {
    await store.blobs.remove([blob]);
    throw error;
  });
  return {
    status: 200,
    headers: { etag: `"${eTag}"`, ...versionHeader(version), ...checksumHeaders(version) },
  };
}

/** S3 User Guide, "Conditional writes": `If-None-Match` takes `*` only. */
export function absenceCondition({ header }: S3Call): boolean {
  if (header('if-match') !== undefined) throw notImplemented('A write with If-Match');
  const value = header('if-none-match');
  if (value === undefined || value === '*') return value === '*';
  throw new AwsRefusal(501, 'NotImplemented', 'If-None-Match of a write takes * only.');
}
