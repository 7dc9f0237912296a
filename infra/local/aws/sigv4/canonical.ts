/** Header values by lower-case name; several values of one header in the order of arrival. */
export type SignedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface CanonicalParts {
  readonly method: string;
  /** Path and query as they were sent, encoded. */
  readonly url: string;
  readonly headers: SignedHeaders;
  /** Lower-case names, as the caller listed them. */
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  /** S3 encodes the path once, every other service twice. */
  readonly encodePathTwice: boolean;
}

/**
 * The canonical request of Signature Version 4.
 * @throws URIError when the URL has malformed percent escapes.
 * Source: IAM User Guide, "Create a signed AWS API request", step 1.
 */
export function canonicalRequest(parts: CanonicalParts): string {
  const { path, query } = splitUrl(parts.url);
  const headers = parts.signedHeaders.map((name) => `${name}:${canonicalValue(parts.headers[name])}\n`);
  return [
    parts.method,
    parts.encodePathTwice ? encodedTwice(path) : encodedOnce(path),
    canonicalQuery(query),
    headers.join(''),
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n');
}

export function splitUrl(url: string): { path: string; query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Decoded name and value pairs in the order sent; `+` stands for itself. */
export function queryPairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? [decodeURIComponent(pair), '']
        : [decodeURIComponent(pair.slice(0, equals)), decodeURIComponent(pair.slice(equals + 1))];
    });
}

/** RFC 3986: everything but unreserved characters is escaped, in upper-case hex. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery(query: string): string {
  return queryPairs(query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .toSorted((a, b) => byCodeUnit(a[0], b[0]) || byCodeUnit(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function encodedOnce(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeRfc3986(decodeURIComponent(segment)))
    .join('/');
}

/** Dot and empty segments are resolved, and what the caller had encoded is encoded again: all services but S3. */
function encodedTwice(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(encodeRfc3986).join('/')}${trailing}`;
}

function canonicalValue(value: string | readonly string[] | undefined): string {
  const values = typeof value === 'string' ? [value] : (value ?? []);
  return values.map((each) => each.trim().replace(/ +/g, ' ')).join(',');
}
