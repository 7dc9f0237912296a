import { Readable } from 'node:stream';

/**
 * The chunks of a stream, which goes on coming while they are worked on, until `bytes` wait. A fault comes behind the chunks
 * that came before it. Whoever leaves the loop ends the stream.
 */
export async function* readAhead(body: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  const stream = body instanceof Readable ? body : Readable.from(body);
  const waiting: Uint8Array[] = [];
  let held = 0;
  let ended: { readonly fault?: unknown } | undefined;
  let news = Promise.withResolvers<void>();
  const end = (how: { readonly fault?: unknown }) => {
    ended ??= how;
    news.resolve();
  };
  stream.on('data', (chunk: Uint8Array) => {
    waiting.push(chunk);
    held += chunk.length;
    if (held >= bytes) stream.pause();
    news.resolve();
  });
  stream.once('end', () => end({}));
  stream.once('error', (fault) => end({ fault }));
  stream.once('close', () => end({ fault: new Error('the stream was closed before its end') }));
  try {
    for (;;) {
      for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
        held -= chunk.length;
        if (held < bytes && stream.isPaused()) stream.resume();
        yield chunk;
      }
      if (ended && 'fault' in ended) throw ended.fault;
      if (ended) return;
      await news.promise;
      news = Promise.withResolvers();
    }
  } finally {
    stream.destroy();
  }
}
