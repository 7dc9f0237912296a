import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DeliveryContent } from '../../schemas/contracts/deliveries.ts';
import type { HubClient } from './hub-client.ts';

/**
 * Fetches a delivery into a file, which appears only when its digest is the promised one, then gives the receipt.
 * Safe to repeat: the same bytes, the same receipt.
 */
export async function fetchDelivery(hub: HubClient, deliveryId: string, file: string): Promise<DeliveryContent> {
  const content = await hub.get<DeliveryContent>(`/v1/deliveries/${deliveryId}/content`);
  const response = await fetch(content.url);
  if (!response.ok || !response.body) throw new Error(`the content could not be fetched: ${response.status}`);
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body as never), hashing, createWriteStream(`${file}.part`));
  const sha256 = hash.digest('base64');
  if (sha256 !== content.sha256) throw new Error(`delivery ${deliveryId} arrived damaged: its SHA-256 is not the one that the hub gave`);
  await rename(`${file}.part`, file);
  await hub.post(`/v1/deliveries/${deliveryId}/receipt`, { sha256 });
  return content;
}
