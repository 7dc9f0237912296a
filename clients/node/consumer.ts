import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Delivery, DeliveryContent } from '../../schemas/contracts/deliveries.ts';
import type { HubClient } from '../protocol/hub-client.ts';
import { routes } from '../protocol/routes.ts';

/** What arrived is not what the hub promised; asking again may help. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

export interface DownloadOptions {
  readonly onBytes?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Fetches a delivery into a file, which appears only when its digest is the promised one. No receipt is given. */
export async function download(
  hub: HubClient,
  deliveryId: string,
  file: string,
  { onBytes, signal }: DownloadOptions = {},
): Promise<DeliveryContent> {
  const content = await hub.call(routes.readContent, { params: { deliveryId } });
  const response = await fetch(content.url, { ...(signal && { signal }) });
  if (!response.ok || !response.body) throw new Error(`the content could not be fetched: ${response.status}`);
  const hash = createHash('sha256');
  const part = `${file}.part`;
  await pipeline(Readable.fromWeb(response.body as never), hashing(hash, onBytes), createWriteStream(part));
  if (hash.digest('base64') !== content.sha256) {
    await rm(part, { force: true });
    throw new DamagedError(
      `delivery ${deliveryId} arrived damaged: its SHA-256 is not the one that the hub gave, so nothing was kept`,
    );
  }
  await rename(part, file);
  return content;
}

function hashing(hash: Hash, onBytes: DownloadOptions['onBytes']): Transform {
  let done = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      done += chunk.length;
      onBytes?.(done);
      next(null, chunk);
    },
  });
}

/** Says that these bytes arrived; the same receipt again changes nothing. */
export const giveReceipt = (hub: HubClient, deliveryId: string, sha256: string): Promise<Delivery> =>
  hub.call(routes.giveReceipt, { params: { deliveryId }, body: { sha256 } });

/**
 * Fetches a delivery into a file, which appears only when its digest is the promised one, then gives the receipt.
 * Safe to repeat: the same bytes, the same receipt.
 */
export async function fetchDelivery(hub: HubClient, deliveryId: string, file: string): Promise<DeliveryContent> {
  const content = await download(hub, deliveryId, file);
  await giveReceipt(hub, deliveryId, content.sha256);
  return content;
}
