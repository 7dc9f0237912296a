import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import type { JsonCall } from '../front/server.ts';

export interface KmsOptions {
  readonly directory: string;
  readonly region: string;
  readonly account: string;
}

const SECRET_BYTES = 32;
const MOST_MESSAGE_BYTES = 4096;

/** HMACs of keys that were created; nothing is encrypted locally. What the keys are made of stays from one run to the next. */
export class Kms {
  readonly #secret: Buffer;
  readonly #prefix: string;
  readonly #keys = new Set<string>();

  constructor({ directory, region, account }: KmsOptions) {
    this.#prefix = `arn:aws:kms:${region}:${account}:key/`;
    this.#secret = secretIn(directory);
  }

  /** A key of HMAC_256; answers its ARN. */
  createMacKey(name: string): string {
    this.#keys.add(this.#prefix + name);
    return this.#prefix + name;
  }

  /** Performs one authenticated call. */
  async answer({ operation, input, permit }: JsonCall): Promise<object> {
    if (operation !== 'GenerateMac') throw notImplemented(`kms:${operation}`);
    const { KeyId, MacAlgorithm, Message, ...more } = input;
    if (Object.keys(more).length > 0) throw notImplemented(`kms:GenerateMac with ${Object.keys(more).join(', ')}`);
    const arn = String(KeyId).startsWith('arn:') ? String(KeyId) : this.#prefix + String(KeyId);
    permit('kms:GenerateMac', arn);
    if (!this.#keys.has(arn)) throw new AwsRefusal(400, 'NotFoundException', `Key '${arn}' does not exist`);
    if (MacAlgorithm !== 'HMAC_SHA_256')
      throw new AwsRefusal(400, 'ValidationException', `${String(MacAlgorithm)} is no algorithm of an HMAC_256 key`);
    const message = Buffer.from(typeof Message === 'string' ? Message : '', 'base64');
    if (message.length === 0 || message.length > MOST_MESSAGE_BYTES)
      throw new AwsRefusal(400, 'ValidationException', `Message must have 1 to ${MOST_MESSAGE_BYTES} bytes`);
    const key = createHmac('sha256', this.#secret).update(arn).digest();
    const Mac = createHmac('sha256', key).update(message).digest('base64');
    return { KeyId: arn, MacAlgorithm, Mac };
  }
}

function secretIn(directory: string): Buffer {
  const path = join(directory, 'secret');
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(path, randomBytes(SECRET_BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path);
}
