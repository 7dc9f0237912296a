import type { IncomingMessage } from 'node:http';

import { headersOf } from '../../headers.ts';
import type { Principal } from '../contracts.ts';
import type { Permit } from '../front/permission.ts';
import { AwsRefusal } from '../front/refusal.ts';
import { queryPairs, splitUrl } from '../sigv4/canonical.ts';
import { oneHeader } from '../sigv4/credential.ts';
import type { ObjectStore } from './store.ts';

/** One authenticated S3 request. */
export interface S3Call {
  readonly principal: Principal;
  readonly method: string;
  readonly bucket: string;
  /** Empty for calls on the bucket itself. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly header: (name: string) => string | undefined;
  readonly headerNames: readonly string[];
  /** What the signature says of the body: its hex digest or one of S3's words for not knowing it. */
  readonly payloadHash: string;
  readonly request: IncomingMessage;
  readonly store: ObjectStore;
  readonly permit: Permit;
  /** Tells a client that waits for it (`Expect: 100-continue`) to send its body. */
  readonly invite: () => void;
}

/** S3 User Guide, "Creating object key names": at most 1,024 bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** Bucket, key and query of a path-style URL. */
export function targetOf(url: string): { bucket: string; key: string; query: ReadonlyMap<string, string> } {
  const { path, query } = splitUrl(url);
  try {
    const slash = path.indexOf('/', 1);
    const bucket = decodeURIComponent(slash < 0 ? path.slice(1) : path.slice(1, slash));
    const key = slash < 0 ? '' : decodeURIComponent(path.slice(slash + 1));
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new AwsRefusal(400, 'KeyTooLongError', 'Your key is too long');
    return { bucket, key, query: new Map(queryPairs(query)) };
  } catch (error) {
    if (error instanceof URIError) throw new AwsRefusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
    throw error;
  }
}

export const headerReader =
  (request: IncomingMessage): S3Call['header'] =>
  (name) =>
    oneHeader(headersOf(request), name);

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;
