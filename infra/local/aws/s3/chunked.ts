import { AwsRefusal } from '../front/refusal.ts';

/** Far above what any client writes into a chunk's header line or a trailer. */
const MAX_LINE_BYTES = 4096;
const MAX_TRAILERS = 16;

/**
 * Decodes `aws-chunked` bodies without chunk signatures (`STREAMING-UNSIGNED-PAYLOAD-TRAILER`), piece by piece.
 * Source: S3 API Reference, "Signature calculations for … trailing headers".
 */
export class ChunkedDecoder {
  /** Trailing headers by lower-case name, complete once `done`. */
  readonly trailers = new Map<string, string>();
  done = false;
  #line = Buffer.alloc(0);
  #state: 'size' | 'data' | 'data-end' | 'trailer' = 'size';
  #left = 0;

  /** The decoded bytes of the next piece of the body. */
  *decode(piece: Buffer): Generator<Buffer> {
    let rest = piece;
    while (rest.length > 0) {
      if (this.done) throw malformed();
      if (this.#state === 'data') {
        const data = rest.subarray(0, this.#left);
        this.#left -= data.length;
        if (this.#left === 0) this.#state = 'data-end';
        rest = rest.subarray(data.length);
        yield data;
      } else {
        rest = this.#readLine(rest);
      }
    }
  }

  #readLine(piece: Buffer): Buffer {
    const end = piece.indexOf(0x0a);
    const part = end < 0 ? piece : piece.subarray(0, end + 1);
    this.#line = Buffer.concat([this.#line, part]);
    if (this.#line.length > MAX_LINE_BYTES) throw malformed();
    if (end >= 0) {
      const line = this.#line.toString('latin1');
      this.#line = Buffer.alloc(0);
      if (!line.endsWith('\r\n')) throw malformed();
      this.#take(line.slice(0, -2));
    }
    return piece.subarray(part.length);
  }

  #take(line: string): void {
    switch (this.#state) {
      case 'size':
        return this.#takeSize(line);
      case 'data-end':
        if (line !== '') throw malformed();
        this.#state = 'size';
        return;
      default:
        return this.#takeTrailer(line);
    }
  }

  #takeSize(line: string): void {
    if (!/^[0-9a-fA-F]{1,10}$/.test(line)) throw malformed();
    this.#left = parseInt(line, 16);
    this.#state = this.#left === 0 ? 'trailer' : 'data';
  }

  #takeTrailer(line: string): void {
    if (line === '') {
      this.done = true;
      return;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || this.trailers.size >= MAX_TRAILERS) throw malformed();
    this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

const malformed = (): AwsRefusal =>
  new AwsRefusal(400, 'MalformedTrailerError', 'The request contained trailing data that was not well-formed.');
