import { RefusedFile } from '../refused-file.ts';

export const damaged = (cause?: unknown): RefusedFile =>
  new RefusedFile('unreadable', 'the Parquet file is damaged, or uses an encoding that is not taken', cause);
