import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Principal } from '../../../../infra/local/aws/contracts.ts';
import type { SignedRequest } from '../../../../infra/local/aws/sigv4/verify.ts';

const region = 'cn-north-1';

export interface Signing {
  readonly principal: Principal;
  readonly service?: string;
  readonly at: Date;
  readonly expiresIn?: number;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly body?: string;
  /** Host and port, where the request is going to be sent. */
  readonly host?: string;
  readonly headers?: Record<string, string>;
}

/** Signs with the signer that the SDK uses. */
export async function signed(signing: Signing): Promise<SignedRequest> {
  const { principal, service = 'execute-api', at, path = '/v1/me', query = {}, body = '' } = signing;
  const signer = new SignatureV4({
    service,
    region,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service !== 's3',
    credentials: {
      accessKeyId: principal.accessKeyId,
      secretAccessKey: principal.secretAccessKey,
      ...(principal.sessionToken ? { sessionToken: principal.sessionToken } : {}),
    },
  });
  const request = {
    method: signing.method ?? 'GET',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path,
    query,
    headers: {
      host: signing.host ?? '127.0.0.1:4600',
      ...(service === 's3' ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : {}),
      ...signing.headers,
    },
    body,
  };
  const result = signing.expiresIn
    ? await signer.presign(request, { signingDate: at, expiresIn: signing.expiresIn })
    : await signer.sign(request, { signingDate: at });
  const pairs = Object.entries(result.query ?? {}).map(
    ([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v))}`,
  );
  const headers = Object.fromEntries(Object.entries(result.headers).map(([k, v]) => [k.toLowerCase(), v]));
  return { method: result.method, url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, headers, body };
}
