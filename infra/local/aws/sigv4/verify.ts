import type { Principal } from '../contracts.ts';
import { canonicalRequest, queryPairs, splitUrl, type SignedHeaders } from './canonical.ts';
import { oneHeader, readClaim, type Claim } from './credential.ts';
import { freshness } from './freshness.ts';
import { sameSignature, sha256Hex, signatureOf } from './signature.ts';

export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as on the request line. */
  readonly url: string;
  readonly headers: SignedHeaders;
  /** The hex digest of the body; not needed for S3, whose callers state it and whose store compares it. */
  readonly bodySha256?: string;
  /** Instead of `bodySha256`. */
  readonly body?: string | Uint8Array;
}

export interface VerifyOptions {
  /** The hub's clock. */
  readonly clock: () => Date;
  /** What it showed before its latest steps. */
  readonly before?: (() => readonly Date[]) | undefined;
  /** The machine's own time, by which departments sign. */
  readonly realTime?: () => Date;
  readonly service: string;
  readonly region: string;
}

export type SigV4Code =
  | 'MissingAuthenticationToken'
  | 'IncompleteSignature'
  | 'InvalidClientTokenId'
  | 'InvalidAccessKeyId'
  | 'InvalidToken'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed'
  | 'AccessDenied';

export type SigV4Outcome =
  | {
      readonly ok: true;
      readonly principal: Principal;
      readonly presigned: boolean;
      readonly payloadHash: string;
      readonly time: Date;
    }
  | { readonly ok: false; readonly code: SigV4Code; readonly message: string; readonly principal?: Principal };

export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * Verifies an AWS Signature Version 4, in the Authorization header or in a presigned query.
 *
 * The scope must name `options.service` and `options.region`; `host` and every `x-amz-*` header that is present must
 * be signed. For every service but S3 the body's digest is part of what is verified; for S3 (`payloadHash` tells
 * which) the caller still has to compare the body with it. A refusal carries the principal where the key was known.
 */
export function verifySigV4(
  request: SignedRequest,
  lookup: (accessKeyId: string) => Principal | undefined,
  options: VerifyOptions,
): SigV4Outcome {
  try {
    return verify(request, lookup, options);
  } catch (error) {
    if (error instanceof URIError) return refuse('IncompleteSignature', 'The request URL is not validly encoded.');
    throw error;
  }
}

function verify(
  request: SignedRequest,
  lookup: (accessKeyId: string) => Principal | undefined,
  options: VerifyOptions,
): SigV4Outcome {
  const read = readClaim(request.url, request.headers);
  if (!read.ok) return read;
  const { claim } = read;
  const isS3 = options.service === 's3';
  if (claim.service !== options.service || claim.region !== options.region) {
    const scope = `${options.region}/${options.service}`;
    return refuse('SignatureDoesNotMatch', `Credential should be scoped to ${scope}.`);
  }
  const principal = lookup(claim.accessKeyId);
  if (!principal) {
    return isS3
      ? refuse('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
      : refuse('InvalidClientTokenId', 'The security token included in the request is invalid.');
  }
  return verifyOwn(request, claim, principal, options);
}

function verifyOwn(request: SignedRequest, claim: Claim, principal: Principal, options: VerifyOptions): SigV4Outcome {
  const isS3 = options.service === 's3';
  const refused = (code: SigV4Code, message: string): SigV4Outcome => ({ ok: false, code, message, principal });
  const unsigned = unsignedHeaders(request.headers, claim);
  if (unsigned.length > 0) {
    const code = isS3 ? 'AccessDenied' : 'SignatureDoesNotMatch';
    return refused(code, `There were headers present in the request which were not signed: ${unsigned.join(', ')}`);
  }
  if (claim.sessionToken !== principal.sessionToken) {
    return refused('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  const payloadHash = payloadHashOf(request, isS3);
  if (payloadHash === undefined) return refused('SignatureDoesNotMatch', MISMATCH);
  const { signedHeaders } = claim;
  const { method, url, headers } = request;
  const canonical = canonicalRequest({ method, url, headers, signedHeaders, payloadHash, encodePathTwice: !isS3 });
  if (!sameSignature(signatureOf(canonical, claim, principal.secretAccessKey), claim.signature)) {
    return refused('SignatureDoesNotMatch', MISMATCH);
  }
  const time = freshness(claim, principal, {
    hub: options.clock(),
    before: options.before?.() ?? [],
    real: options.realTime?.() ?? new Date(),
  });
  if ('code' in time) return refused(time.code, time.message);
  return { ok: true, principal, presigned: claim.presigned, payloadHash, time };
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method.';

/** S3 User Guide: "you must include the host header and any x-amz-* headers". */
function unsignedHeaders(headers: SignedHeaders, claim: Claim): string[] {
  const required = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && headers[name] !== undefined);
  return ['host', ...required].filter((name) => !claim.signedHeaders.includes(name));
}

/** The payload hash to put into the canonical request, or undefined where the body contradicts the stated one. */
function payloadHashOf(request: SignedRequest, isS3: boolean): string | undefined {
  const stated = oneHeader(request.headers, 'x-amz-content-sha256');
  if (isS3) return stated ?? statedInQuery(request.url) ?? UNSIGNED_PAYLOAD;
  const actual = request.bodySha256 ?? sha256Hex(request.body ?? '');
  return stated === undefined || stated === actual ? actual : undefined;
}

/** Presigners of SDKs move the header, with every other `x-amz-*`, into the query. */
function statedInQuery(url: string): string | undefined {
  return queryPairs(splitUrl(url).query).find(([name]) => name === 'X-Amz-Content-Sha256')?.[1];
}

const refuse = (code: SigV4Code, message: string): SigV4Outcome => ({ ok: false, code, message });
