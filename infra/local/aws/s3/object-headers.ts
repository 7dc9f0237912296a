import type { IncomingMessage } from 'node:http';

import { headersOf } from '../../headers.ts';
import type { S3Call } from './call.ts';
import type { ObjectVersion } from './model.ts';

/** Headers that are stored with an object and come back with it. */
const KEPT = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'] as const;

export function storedHeaders(request: IncomingMessage, header: S3Call['header']): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of KEPT) {
    const value = header(name);
    if (value !== undefined) kept[name] = value;
  }
  const encoding = (header('content-encoding') ?? '').split(',').map((each) => each.trim());
  // aws-chunked is how the body travelled, not what it is.
  const own = encoding.filter((each) => each !== '' && each !== 'aws-chunked').join(',');
  if (own) kept['content-encoding'] = own;
  for (const [name, values] of Object.entries(headersOf(request))) {
    if (name.startsWith('x-amz-meta-') && values) kept[name] = values.join(',');
  }
  return kept;
}

/** What GET and HEAD tell of an object; `response-…` parameters of the (signed) URL take the place of stored headers. */
export function toldHeaders(call: S3Call, object: ObjectVersion, whole: boolean): Record<string, string | number> {
  const told: Record<string, string | number> = {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    'accept-ranges': 'bytes',
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    etag: `"${object.eTag}"`,
    ...versionHeader(object),
  };
  for (const name of [...KEPT, 'content-encoding']) {
    const override = call.query.get(`response-${name}`);
    if (override !== undefined) told[name] = headerValue(override);
  }
  return whole && call.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
    ? { ...told, ...checksumHeaders(object) }
    : told;
}

/** As UTF-8 bytes, which is how S3 sends them; control characters would be refused by the HTTP layer. */
const headerValue = (text: string): string => Buffer.from(text.replace(/\p{Cc}/gu, ''), 'utf8').toString('latin1');

export const versionHeader = ({ versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' ? {} : { 'x-amz-version-id': versionId };

export function checksumHeaders({ checksums }: Pick<ObjectVersion, 'checksums'>): Record<string, string> {
  const entries = Object.entries(checksums);
  if (entries.length === 0) return {};
  const type = entries.some(([, value]) => value.includes('-')) ? 'COMPOSITE' : 'FULL_OBJECT';
  return {
    ...Object.fromEntries(entries.map(([name, value]) => [`x-amz-checksum-${name}`, value])),
    'x-amz-checksum-type': type,
  };
}
