import type { Reply } from '../../front/reply.ts';
import { AwsRefusal, notImplemented } from '../../front/refusal.ts';
import { tag } from '../../front/xml.ts';
import { encodeRfc3986 } from '../../sigv4/canonical.ts';
import type { S3Call } from '../call.ts';
import type { ObjectVersion } from '../model.ts';
import { timestamp, xmlReply } from '../xml-reply.ts';

const MAX_KEYS = 1000;
/** Sorts after every other character, in UTF-8 as in code points. */
const LAST_CHARACTER = '\u{10FFFF}';

type Entry = { readonly object: ObjectVersion } | { readonly prefix: string };

export function listObjectsV2({ bucket, query, store }: S3Call): Reply {
  store.bucket(bucket);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = maxKeys(query);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const entries: Entry[] = [];
  let after = token === undefined ? startAfter : tokenValue(token);
  let truncated = false;
  const next = (from: string): ObjectVersion | undefined => store.versions.nextCurrent(bucket, from, prefix);
  for (const [entry, position] of walk(next, prefix, delimiter, after)) {
    truncated = entries.length === limit;
    if (truncated) break;
    entries.push(entry);
    after = position;
  }
  const name = nameEncoder(query);
  return xmlReply(
    'ListBucketResult',
    [
      tag('Name', bucket),
      tag('Prefix', name(prefix)),
      delimiter && tag('Delimiter', name(delimiter)),
      tag('MaxKeys', limit),
      tag('KeyCount', entries.length),
      tag('EncodingType', query.get('encoding-type')),
      tag('IsTruncated', truncated && limit > 0),
      truncated && limit > 0 ? tag('NextContinuationToken', Buffer.from(after).toString('base64url')) : '',
      tag('ContinuationToken', token),
      startAfter && tag('StartAfter', name(startAfter)),
      ...entries.map((entry) => ('object' in entry ? contents(entry.object, name) : common(entry.prefix, name))),
    ].join(''),
  );
}

/** Objects and common prefixes in order, each with the position to go on from. */
function* walk(
  next: (after: string) => ObjectVersion | undefined,
  prefix: string,
  delimiter: string,
  start: string,
): Generator<readonly [Entry, string]> {
  let after = start;
  for (;;) {
    const object = next(after);
    if (!object?.key.startsWith(prefix)) return;
    const cut = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    if (cut < 0) {
      after = object.key;
      yield [{ object }, after];
    } else {
      const common = object.key.slice(0, cut + delimiter.length);
      after = common + LAST_CHARACTER;
      yield [{ prefix: common }, after];
    }
  }
}

const VERSION_QUERY_UNSUPPORTED = ['delimiter', 'key-marker', 'version-id-marker'];

/** All versions below a prefix, at most 1,000; what needs more pages is refused. */
export function listObjectVersions({ bucket, query, store }: S3Call): Reply {
  store.bucket(bucket);
  const unsupported = VERSION_QUERY_UNSUPPORTED.find((name) => query.has(name));
  if (unsupported) throw notImplemented(`ListObjectVersions with ${unsupported}`);
  const prefix = query.get('prefix') ?? '';
  const name = nameEncoder(query);
  const found: string[] = [];
  for (const version of store.versions.from(bucket, prefix)) {
    if (!version.key.startsWith(prefix)) break;
    if (found.length === MAX_KEYS) throw notImplemented('A second page of ListObjectVersions');
    found.push(versionElement(version, name));
  }
  const head = [tag('Name', bucket), tag('Prefix', name(prefix)), tag('MaxKeys', MAX_KEYS), tag('IsTruncated', false)];
  return xmlReply('ListVersionsResult', [...head, tag('EncodingType', query.get('encoding-type')), ...found].join(''));
}

function versionElement(version: ObjectVersion, name: (text: string) => string): string {
  const common =
    tag('Key', name(version.key)) +
    tag('VersionId', version.versionId) +
    tag('IsLatest', version.latest) +
    tag('LastModified', timestamp(version.modifiedAt));
  return version.deleteMarker
    ? `<DeleteMarker>${common}</DeleteMarker>`
    : `<Version>${common}${tag('ETag', `"${version.eTag}"`)}${tag('Size', version.size)}${tag('StorageClass', 'STANDARD')}</Version>`;
}

const contents = (object: ObjectVersion, name: (text: string) => string): string =>
  `<Contents>${tag('Key', name(object.key))}${tag('LastModified', timestamp(object.modifiedAt))}` +
  `${tag('ETag', `"${object.eTag}"`)}${tag('Size', object.size)}${tag('StorageClass', 'STANDARD')}</Contents>`;

const common = (prefix: string, name: (text: string) => string): string =>
  `<CommonPrefixes>${tag('Prefix', name(prefix))}</CommonPrefixes>`;

function nameEncoder(query: S3Call['query']): (text: string) => string {
  if (query.get('encoding-type') !== 'url') return (text) => text;
  return (text) => encodeRfc3986(text).replaceAll('%2F', '/');
}

function maxKeys(query: S3Call['query']): number {
  const text = query.get('max-keys');
  if (text === undefined) return MAX_KEYS;
  if (!/^\d{1,9}$/.test(text)) throw new AwsRefusal(400, 'InvalidArgument', 'max-keys must be a number.');
  return Math.min(Number(text), MAX_KEYS);
}

const tokenValue = (token: string): string => Buffer.from(token, 'base64url').toString('utf8');
