import type { Reply } from '../front/reply.ts';
import { notImplemented } from '../front/refusal.ts';
import { bucketArn, objectArn, type S3Call } from './call.ts';
import { getBucketVersioning, headBucket } from './operations/bucket.ts';
import { completeMultipartUpload } from './operations/complete-multipart.ts';
import { deleteObject, deleteObjects } from './operations/delete-object.ts';
import { getObject } from './operations/get-object.ts';
import { listObjectVersions, listObjectsV2 } from './operations/list-objects.ts';
import {
  abortMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './operations/multipart.ts';
import { putObject } from './operations/put-object.ts';

export interface Route {
  readonly method: string;
  readonly on: 'bucket' | 'object';
  /** Query parameters that make the request this operation. */
  readonly with: readonly string[];
  /** Further query parameters and x-amz headers that it keeps its word on. */
  readonly query?: readonly string[];
  readonly headers?: readonly string[];
  /** The IAM action; undefined where `run` asks for permissions itself. Source: Service Authorization Reference, S3. */
  readonly action: string | undefined;
  readonly run: (call: S3Call) => Reply | Promise<Reply>;
}

const CHECKSUMS = ['sha256', 'crc32', 'sha1', 'crc32c', 'crc64nvme'].map((name) => `x-amz-checksum-${name}`);
const BODY = [...CHECKSUMS, 'x-amz-sdk-checksum-algorithm', 'x-amz-decoded-content-length', 'x-amz-trailer'];
const MULTIPART = ['x-amz-checksum-algorithm', 'x-amz-checksum-type'];
const OVERRIDES = ['type', 'language', 'expires', 'cache-control', 'disposition', 'encoding'].map((name) =>
  name === 'expires' || name === 'cache-control' ? `response-${name}` : `response-content-${name}`,
);

const reading = { query: OVERRIDES, headers: ['x-amz-checksum-mode'] };

/** The operations that the store performs; the first that fits is taken, and everything else is NotImplemented. */
const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    on: 'object',
    with: ['uploadId'],
    query: ['max-parts', 'part-number-marker'],
    action: 's3:ListMultipartUploadParts',
    run: listParts,
  },
  { method: 'GET', on: 'object', with: ['versionId'], ...reading, action: 's3:GetObjectVersion', run: getObject },
  { method: 'GET', on: 'object', with: [], ...reading, action: 's3:GetObject', run: getObject },
  { method: 'HEAD', on: 'object', with: ['versionId'], ...reading, action: 's3:GetObjectVersion', run: getObject },
  { method: 'HEAD', on: 'object', with: [], ...reading, action: 's3:GetObject', run: getObject },
  {
    method: 'PUT',
    on: 'object',
    with: ['uploadId', 'partNumber'],
    headers: BODY,
    action: 's3:PutObject',
    run: uploadPart,
  },
  { method: 'PUT', on: 'object', with: [], headers: BODY, action: 's3:PutObject', run: putObject },
  {
    method: 'POST',
    on: 'object',
    with: ['uploads'],
    headers: MULTIPART,
    action: 's3:PutObject',
    run: createMultipartUpload,
  },
  {
    method: 'POST',
    on: 'object',
    with: ['uploadId'],
    headers: [...BODY, 'x-amz-checksum-type', 'x-amz-mp-object-size'],
    action: 's3:PutObject',
    run: completeMultipartUpload,
  },
  { method: 'DELETE', on: 'object', with: ['uploadId'], action: 's3:AbortMultipartUpload', run: abortMultipartUpload },
  { method: 'DELETE', on: 'object', with: ['versionId'], action: 's3:DeleteObjectVersion', run: deleteObject },
  { method: 'DELETE', on: 'object', with: [], action: 's3:DeleteObject', run: deleteObject },
  { method: 'POST', on: 'bucket', with: ['delete'], headers: BODY, action: undefined, run: deleteObjects },
  {
    method: 'GET',
    on: 'bucket',
    with: ['list-type'],
    query: ['prefix', 'delimiter', 'max-keys', 'continuation-token', 'start-after', 'encoding-type', 'fetch-owner'],
    action: 's3:ListBucket',
    run: listObjectsV2,
  },
  {
    method: 'GET',
    on: 'bucket',
    with: ['versions'],
    query: ['prefix', 'max-keys', 'encoding-type', 'delimiter', 'key-marker', 'version-id-marker'],
    action: 's3:ListBucketVersions',
    run: listObjectVersions,
  },
  {
    method: 'GET',
    on: 'bucket',
    with: ['uploads'],
    query: ['prefix'],
    action: 's3:ListBucketMultipartUploads',
    run: listMultipartUploads,
  },
  { method: 'GET', on: 'bucket', with: ['versioning'], action: 's3:GetBucketVersioning', run: getBucketVersioning },
  { method: 'HEAD', on: 'bucket', with: [], action: 's3:ListBucket', run: headBucket },
];

/** Of the request itself, and without meaning for what it does. */
const ALWAYS = [
  'x-amz-date',
  'x-amz-content-sha256',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amz-expected-bucket-owner',
];

/** @throws AwsRefusal NotImplemented where the request, or any part of it, is beyond the store. */
export function routeOf(call: S3Call): Route {
  const on = call.key === '' ? 'bucket' : 'object';
  const route = ROUTES.find(
    (each) => each.method === call.method && each.on === on && each.with.every((name) => call.query.has(name)),
  );
  if (!route) throw notImplemented(`${call.method} on ${on === 'bucket' ? 'a bucket' : 'an object'}`);
  const beyond = [...call.query.keys()].find((name) => !knowsQuery(route, name));
  if (beyond !== undefined) throw notImplemented(`The query parameter ${beyond}`);
  const header = call.headerNames.find((name) => name.startsWith('x-amz-') && !knowsHeader(route, name));
  if (header !== undefined) throw notImplemented(`The header ${header}`);
  return route;
}

export const resourceOf = ({ bucket, key }: S3Call): string =>
  key === '' ? bucketArn(bucket) : objectArn(bucket, key);

/** Checksums that a presigner moved into the query: S3 ignores them there, and so does the store. */
const IGNORED_QUERY = ['x-id', 'x-amz-sdk-checksum-algorithm', 'x-amz-checksum-mode', ...CHECKSUMS];

const knowsQuery = ({ with: required, query = [] }: Route, name: string): boolean =>
  [...required, ...query, ...IGNORED_QUERY].includes(name) || /^X-Amz-[A-Z]/.test(name);

const knowsHeader = ({ headers = [] }: Route, name: string): boolean =>
  [...ALWAYS, ...headers].includes(name) || name.startsWith('x-amz-meta-');
