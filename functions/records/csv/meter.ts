import { createHash } from 'node:crypto';
import { HEAD_BYTES } from '../encoding/magic.ts';
import type { Written } from './output.ts';

/** Length, digest and first bytes of what passes. */
export class Meter {
  private bytes = 0;
  private readonly hash = createHash('sha256');
  private first = Buffer.alloc(0);

  get head(): Uint8Array {
    return this.first;
  }

  async *measure(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      if (this.first.length < HEAD_BYTES) this.first = Buffer.concat([this.first, chunk.subarray(0, HEAD_BYTES)]);
      yield chunk;
    }
  }

  finish(): Written {
    return { bytes: this.bytes, sha256: this.hash.digest('base64') };
  }
}
