import { queryPairs, splitUrl, type SignedHeaders } from './canonical.ts';

/** What the caller claims: whose key, for which scope, over which headers, when. */
export interface Claim {
  readonly presigned: boolean;
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Seconds; only of a presigned URL. */
  readonly expiresIn: number | undefined;
}

type ClaimRefusal = {
  readonly code: 'MissingAuthenticationToken' | 'IncompleteSignature';
  readonly message: string;
};
export type ReadClaim = { readonly ok: true; readonly claim: Claim } | ({ readonly ok: false } & ClaimRefusal);

export const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Seven days: S3 User Guide, "Authenticating requests: using query parameters", X-Amz-Expires. */
const MAX_EXPIRES_SECONDS = 604_800;

export const oneHeader = (headers: SignedHeaders, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.length === 1 ? value[0] : undefined;
};

/** Reads the claim from the Authorization header or from the query of a presigned URL. */
export function readClaim(url: string, headers: SignedHeaders): ReadClaim {
  const query = queryPairs(splitUrl(url).query).filter(([name]) => name.startsWith('X-Amz-'));
  const inQuery = query.some(([name]) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');
  if (headers['authorization'] === undefined) {
    return inQuery ? fromQuery(query) : missing('Request is missing Authentication Token');
  }
  if (inQuery) return incomplete('Only one auth mechanism allowed: a signed query or the Authorization header.');
  return fromHeader(oneHeader(headers, 'authorization') ?? '', headers);
}

function fromHeader(authorization: string, headers: SignedHeaders): ReadClaim {
  const [algorithm, rest] = splitOnce(authorization.trim(), ' ');
  if (!algorithm.startsWith('AWS')) return missing('Request is missing Authentication Token');
  if (algorithm !== ALGORITHM) return incomplete(`Unsupported AWS 'algorithm': only ${ALGORITHM}.`);
  const fields = new Map(rest.split(',').map((part) => splitOnce(part.trim(), '=')));
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  if (!credential || !signedHeaders || !signature || fields.size !== 3) {
    return incomplete('Authorization header requires Credential, SignedHeaders and Signature.');
  }
  const timestamp = oneHeader(headers, 'x-amz-date');
  if (!timestamp) return incomplete("Authorization header requires existence of an 'X-Amz-Date' header.");
  const sessionToken = oneHeader(headers, 'x-amz-security-token');
  return claimOf(credential, {
    presigned: false,
    signedHeaders,
    signature,
    timestamp,
    sessionToken,
    expiresIn: undefined,
  });
}

function fromQuery(pairs: readonly [string, string][]): ReadClaim {
  const query = new Map(pairs);
  if (query.size !== pairs.length) return incomplete('An authentication parameter is repeated in the query.');
  if (query.get('X-Amz-Algorithm') !== ALGORITHM) return incomplete(`X-Amz-Algorithm only supports "${ALGORITHM}".`);
  const [credential, signedHeaders, signature, timestamp, expires] = [
    'X-Amz-Credential',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-Expires',
  ].map((name) => query.get(name));
  if (!credential || !signedHeaders || !signature || !timestamp || !expires) {
    return incomplete(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, ' +
        'X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const expiresIn = /^\d{1,9}$/.test(expires) ? Number(expires) : NaN;
  if (!(expiresIn >= 1 && expiresIn <= MAX_EXPIRES_SECONDS)) {
    return incomplete('X-Amz-Expires must be between 1 and 604800 seconds.');
  }
  const sessionToken = query.get('X-Amz-Security-Token');
  return claimOf(credential, { presigned: true, signedHeaders, signature, timestamp, sessionToken, expiresIn });
}

type Unscoped = Pick<Claim, 'presigned' | 'signature' | 'timestamp' | 'sessionToken' | 'expiresIn'>;

function claimOf(credential: string, rest: Unscoped & { readonly signedHeaders: string }): ReadClaim {
  const scope = credential.split('/');
  const [accessKeyId = '', scopeDate = '', region = '', service = '', terminator] = scope;
  if (scope.length !== 5 || terminator !== 'aws4_request') {
    return incomplete('Credential must be keyid/date/region/service/aws4_request.');
  }
  if (!/^\d{8}T\d{6}Z$/.test(rest.timestamp)) {
    return incomplete("Date must be in ISO-8601 'basic format', e.g. 20261201T020000Z.");
  }
  if (!rest.timestamp.startsWith(scopeDate) || scopeDate.length !== 8) {
    return incomplete('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.');
  }
  const signedHeaders = rest.signedHeaders.split(';');
  return { ok: true, claim: { ...rest, accessKeyId, scopeDate, region, service, signedHeaders } };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

const missing = (message: string): ReadClaim => ({ ok: false, code: 'MissingAuthenticationToken', message });
const incomplete = (message: string): ReadClaim => ({ ok: false, code: 'IncompleteSignature', message });
