import { sendList } from '../../node/compare.ts';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import { fetched } from '../mailbox/fetch-command.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { kindOf } from '../upload/checking/file-kind.ts';
import { mustBeReadable } from '../upload/files.ts';
import { awaitResult, printResult } from './await-result.ts';
import type { CompareOptions } from './compare-options.ts';
import { comparisonScreen } from './comparisons-screen.ts';

/** `hub compare`: announces a list, sends it, waits for its result, fetches and verifies that. */
export async function compare(context: Context, file: string, options: CompareOptions): Promise<void> {
  await mustBeReadable(file);
  const { agreement, kind, as, sheet, encoding, columns: pairs = [] } = options;
  const typed = { content: 'snapshot', format: options.format, sheet, encoding, mended: false } as const;
  const { format } = await kindOf(file, typed);
  if (format === 'auto')
    throw wrongUsage(`${file} is of no format that is compared.`, 'Lists are CSV, NDJSON, XLSX or Parquet.');
  const columns = Object.fromEntries(pairs.map(pairOf));
  if (options.blind) {
    const { compareBlindly } = await import('./blind-command.ts');
    return compareBlindly(context, { file, format, encoding, sheet, columns }, options);
  }
  const hub = await context.connect();
  const sending = context.progress(either(context.look, 'sending the list', '上传清单'));
  const comparisonId = await sendList(hub.client, file, {
    agreementId: agreement as never,
    kind,
    format,
    encoding,
    ...(sheet !== undefined && { sheet }),
    ...(pairs.length > 0 && { columns }),
    ...(as !== undefined && { resultFormat: as }),
  }).finally(() => sending.end());
  if (!options.wait) {
    const now = await hub.client.call(routes.readComparison, { params: { comparisonId } });
    return context.print(now, comparisonScreen);
  }
  const ended = await awaitResult(context, hub, comparisonId);
  if (ended) printResult(context, ended, await fetched(context, hub, ended.deliveryId, options.output));
}

/** `field=column`, as an option says what a list calls a field. */
export function pairOf(text: string): readonly [string, string] {
  const [, field, column] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (field !== undefined && column !== undefined) return [field, column];
  throw wrongUsage('A --column is no field with its column.', 'Write field=column, as the list names it.');
}
