import { setTimeout as pause } from 'node:timers/promises';
import type { Encoding, Upload, UploadContent } from '../../schemas/contracts/uploads.ts';
import type { HubClient } from '../protocol/hub-client.ts';
import { routes } from '../protocol/routes.ts';
import { factsOf, putFile } from './file.ts';

export interface UploadOptions {
  readonly resourceId: string;
  readonly file: string;
  readonly encoding?: Encoding;
  /** `changes`: the file holds edits; `attachments`: pictures that records name. */
  readonly content?: UploadContent;
}

/** A provider's upload in one PUT: announce, send, wait for the verdict. */
export async function upload(hub: HubClient, { file, encoding = 'utf-8', ...about }: UploadOptions): Promise<Upload> {
  const body = { encoding, ...about, ...(await factsOf(file)) };
  const announced = await hub.call(routes.announceUpload, { body });
  if (!announced.put) throw new Error('the hub gave no URL to send the file to');
  await putFile(announced.put, file);
  return verdict(hub, announced.uploadId);
}

/** Waits until an upload is accepted, refused or held. */
export async function verdict(hub: HubClient, uploadId: string, seconds = 120): Promise<Upload> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const current = await hub.call(routes.readUpload, { params: { uploadId } });
    if (['accepted', 'refused', 'held'].includes(current.state)) return current;
    await pause(200);
  }
  throw new Error(`upload ${uploadId} has no verdict after ${seconds} s`);
}
