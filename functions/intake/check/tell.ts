import type { Hub } from '../../kernel/ports.ts';
import type { Claimed } from '../domain/claim.ts';
import type { Concluded } from './conclude.ts';
import type { Inspection } from './inspect.ts';

/** What came of an attempt: one line, and the figures that the hub is watched by. An attempt that made no verdict counts for nothing. */
export function tell(
  { log, metrics }: Pick<Hub, 'log' | 'metrics'>,
  upload: Claimed,
  { outcome, code, datasetVersion }: Concluded,
  { inspection, seconds }: { readonly inspection?: Inspection | undefined; readonly seconds: number },
): void {
  const bytes = upload.segments === undefined ? upload.object.bytes : upload.bytes;
  const rows = inspection?.verdict.rows;
  const counts = rows && { rows: rows.read, accepted: rows.accepted, rejected: rows.rejected };
  log.info('upload checked', { outcome, code, datasetVersion, bytes, ...counts, seconds });
  if (outcome !== 'accepted' && outcome !== 'refused') return;
  metrics.count(outcome === 'accepted' ? 'UploadsAccepted' : 'UploadsRefused');
  if (inspection) metrics.count('BytesChecked', bytes);
  if (!rows) return;
  metrics.count('RowsRead', rows.read);
  metrics.count('RowsAccepted', outcome === 'accepted' ? rows.accepted : 0);
  metrics.count('RowsRejected', rows.rejected);
}
