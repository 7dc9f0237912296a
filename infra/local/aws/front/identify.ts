import type { IncomingMessage } from 'node:http';

import { headersOf } from '../../headers.ts';
import { readClaim } from '../sigv4/credential.ts';

export type Service = 's3' | 'dynamodb' | 'sqs' | 'kms' | 'athena' | 'sts';

const SERVICES: readonly string[] = ['s3', 'dynamodb', 'sqs', 'kms', 'athena', 'sts'] satisfies readonly Service[];

/** The service that a request is for: the one it is signed for, or by its protocol where it is not signed at all. */
export function serviceOf(request: IncomingMessage): Service {
  return signedFor(request) ?? spokenTo(request);
}

function signedFor(request: IncomingMessage): Service | undefined {
  try {
    const read = readClaim(request.url ?? '/', headersOf(request));
    return read.ok && isService(read.claim.service) ? read.claim.service : undefined;
  } catch {
    return undefined;
  }
}

function spokenTo(request: IncomingMessage): Service {
  const target = headersOf(request)['x-amz-target']?.[0] ?? '';
  if (target.startsWith('DynamoDB_')) return 'dynamodb';
  if (target.startsWith('AmazonSQS.')) return 'sqs';
  if (target.startsWith('TrentService.')) return 'kms';
  if (target.startsWith('AmazonAthena.')) return 'athena';
  const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return form ? 'sts' : 's3';
}

const isService = (name: string): name is Service => SERVICES.includes(name);
