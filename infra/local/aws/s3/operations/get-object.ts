import type { Reply } from '../../front/reply.ts';
import { AwsRefusal } from '../../front/refusal.ts';
import { bucketArn, type S3Call } from '../call.ts';
import type { ObjectVersion } from '../model.ts';
import { toldHeaders } from '../object-headers.ts';

/** GET and HEAD. */
export function getObject(call: S3Call): Reply {
  const object = found(call);
  const etags = (value: string): boolean =>
    value === '*' || value.split(',').some((each) => unquoted(each) === object.eTag);
  const [ifMatch, ifNoneMatch] = [call.header('if-match'), call.header('if-none-match')];
  if (ifMatch !== undefined && !etags(ifMatch)) {
    throw new AwsRefusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  if (ifNoneMatch !== undefined && etags(ifNoneMatch)) {
    return { status: 304, headers: { etag: `"${object.eTag}"` } };
  }
  const range = rangeOf(call.header('range'), object.size);
  const [from, to] = range ?? [0, object.size - 1];
  const headers = { ...toldHeaders(call, object, range === undefined), 'content-length': to - from + 1 };
  const send: Reply['body'] = (out) => call.store.blobs.send(object.blobs, from, to, out);
  return {
    status: range ? 206 : 200,
    headers: range ? { ...headers, 'content-range': `bytes ${from}-${to}/${object.size}` } : headers,
    ...(call.method === 'HEAD' ? {} : { body: send }),
  };
}

function found(call: S3Call): ObjectVersion {
  const { bucket, key, store } = call;
  store.bucket(bucket);
  const versionId = call.query.get('versionId');
  const object =
    versionId === undefined ? store.versions.latest(bucket, key) : store.versions.byId(bucket, key, versionId);
  if (object && !object.deleteMarker) return object;
  // GetObject, "Permissions": without s3:ListBucket a missing key is not told from a forbidden one.
  call.permit('s3:ListBucket', bucketArn(bucket));
  const marker = object ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': object.versionId } : {};
  if (versionId === undefined) throw new AwsRefusal(404, 'NoSuchKey', 'The specified key does not exist.', marker);
  throw object
    ? new AwsRefusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', marker)
    : new AwsRefusal(404, 'NoSuchVersion', 'The specified version does not exist.');
}

/** The bytes asked for, or undefined for all of them. RFC 9110, 14.1.2; several ranges at once are ignored, as in S3. */
function rangeOf(header: string | undefined, size: number): readonly [number, number] | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < from) return undefined;
  if (from < size && to >= from) return [from, to];
  throw new AwsRefusal(416, 'InvalidRange', 'The requested range is not satisfiable');
}

const unquoted = (eTag: string): string => eTag.trim().replace(/^"|"$/g, '');
