import { setFlagsFromString } from 'node:v8';

/**
 * For processes through which many bytes go. Buffers lie outside V8's heap, and by default V8 collects the whole heap for every
 * 64 MiB of them that were made, although its young collections have freed nearly all. Counted as part of the heap they make
 * it collect when the heap has grown. `NODE_OPTIONS` does not take this flag; V8 reads it whenever it decides.
 */
export const countBuffersAsHeap = (): void => setFlagsFromString('--external-memory-accounted-in-global-limit');
