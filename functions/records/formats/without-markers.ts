import { beginsMarker } from '../csv/markers.ts';
import { LF } from '../csv/scanner.ts';

/** The records alone. No text has a byte that begins a marker, so that it ends at the next LF wherever it stands. */
export async function* withoutMarkers(csv: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let inMarker = false;
  for await (const chunk of csv) {
    for (let start = 0; start < chunk.length;) {
      if (inMarker) {
        const end = chunk.indexOf(LF, start);
        inMarker = end < 0;
        start = inMarker ? chunk.length : end + 1;
        continue;
      }
      const marker = chunk.findIndex((byte, i) => i >= start && beginsMarker(byte));
      const end = marker < 0 ? chunk.length : marker;
      if (end > start) yield chunk.subarray(start, end);
      inMarker = marker >= 0;
      start = end;
    }
  }
}
