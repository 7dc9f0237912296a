import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { reasonOf, UnreachableError } from './refused.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Endpoint {
  /** Where the API is, without a trailing slash. */
  readonly api: string;
  readonly region: string;
  readonly credentials: Credentials | (() => Promise<Credentials>);
  /** Ends what is under way; without it a call waits as long as the network lets it. */
  readonly signal?: AbortSignal | undefined;
}

/** A request before it is signed, whatever a hub may make of it. */
export interface Unsigned {
  readonly method: string;
  /** Its parts encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Without a byte order mark. */
  readonly text: string;
}

export type Send = (request: Unsigned) => Promise<Answer>;

/** Sends requests signed with AWS Signature V4 for `execute-api`; throws `UnreachableError` where nothing answers. */
export function signedSend({ api, region, credentials, signal }: Endpoint): Send {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  return async ({ method, path, query = {}, headers = {}, body }) => {
    // Signed and sent alike: a blank is %20, which URLSearchParams would send as +.
    const search = Object.entries(query)
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .join('&');
    const url = new URL(api + path + (search && `?${search}`));
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: url.pathname,
      query: { ...query },
      headers: { host: url.host, ...headers },
      body,
    });
    try {
      const given = { ...(body !== undefined && { body }), ...(signal && { signal }) };
      const response = await fetch(url, { method, headers: signed.headers, ...given });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (cause) {
      throw new UnreachableError(api, reasonOf(cause), { cause });
    }
  };
}
