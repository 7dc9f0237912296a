import { sha256 } from './digest.ts';
import type { Written } from './output.ts';

/** Length and digest of what passes. */
export class Meter {
  private bytes = 0;
  private readonly digester = sha256();

  async *measure(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      this.digester.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  finish(): Written {
    return { bytes: this.bytes, ...this.digester.digest() };
  }
}
