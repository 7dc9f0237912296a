import { createHash } from 'node:crypto';
import type { Written } from './output.ts';

/** Length and digest of what passes. */
export class Meter {
  private bytes = 0;
  private readonly hash = createHash('sha256');

  async *measure(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  finish(): Written {
    return { bytes: this.bytes, sha256: this.hash.digest('base64') };
  }
}
