import type { Comparison } from '../../../schemas/contracts/comparisons.ts';
import type { ComparisonKind, DeliveryFormat } from '../../../schemas/contracts/terms.ts';
import type { Encoding, UploadFormat } from '../../../schemas/contracts/uploads.ts';
import { awaitEnd, sendList } from '../../node/compare.ts';
import { routes } from '../../protocol/routes.ts';
import { comparisonStages, comparisonStates } from '../../words/comparisons.ts';
import { count } from '../../words/quantity.ts';
import { either, say } from '../../words/speech.ts';
import { fetched } from '../mailbox/fetch-command.ts';
import { fetchedScreen } from '../mailbox/fetched-screen.ts';
import type { Context } from '../terminal/context.ts';
import { exit, wrongUsage } from '../terminal/failure.ts';
import { kindOf } from '../upload/checking/file-kind.ts';
import { mustBeReadable } from '../upload/files.ts';
import { comparisonScreen } from './comparisons-screen.ts';

export interface CompareOptions {
  readonly agreement: string;
  readonly kind: ComparisonKind;
  readonly columns?: readonly string[];
  readonly format: UploadFormat;
  readonly sheet?: string;
  readonly encoding: Encoding;
  readonly as?: DeliveryFormat;
  readonly output?: string;
  readonly wait: boolean;
}

/** A week of patience: what takes longer has expired. */
const WAIT_SECONDS = 7 * 86_400;

/** `hub compare`: announces a list, sends it, waits for its result, fetches and verifies that. */
export async function compare(context: Context, file: string, options: CompareOptions): Promise<void> {
  await mustBeReadable(file);
  const { agreement, kind, as, sheet, encoding, columns = [] } = options;
  const typed = { content: 'snapshot', format: options.format, sheet, encoding, mended: false } as const;
  const { format } = await kindOf(file, typed);
  if (format === 'auto')
    throw wrongUsage(`${file} is of no format that is compared.`, 'Lists are CSV, NDJSON, XLSX or Parquet.');
  const hub = await context.connect();
  const sending = context.progress(either(context.look, 'sending the list', '上传清单'));
  const comparisonId = await sendList(hub.client, file, {
    agreementId: agreement as never,
    kind,
    format,
    encoding,
    ...(sheet !== undefined && { sheet }),
    ...(columns.length > 0 && { columns: Object.fromEntries(columns.map(pairOf)) }),
    ...(as !== undefined && { resultFormat: as }),
  }).finally(() => sending.end());
  if (!options.wait) {
    const now = await hub.client.call(routes.readComparison, { params: { comparisonId } });
    return context.print(now, comparisonScreen);
  }
  await concluded(context, hub, comparisonId, options.output);
}

/** Waits for the end, and has its result on the disk. */
async function concluded(
  context: Context,
  hub: Awaited<ReturnType<Context['connect']>>,
  comparisonId: string,
  output: string | undefined,
): Promise<void> {
  const progress = context.progress(either(context.look, 'comparing', '比对'));
  const comparison = await awaitEnd(hub.client, comparisonId, {
    seconds: WAIT_SECONDS,
    signal: context.stopping,
    onLook: (now) => progress.retitle(howFar(context, now)),
  }).finally(() => progress.end());
  const deliveryId = comparison.state === 'done' ? comparison.deliveryId : undefined;
  if (deliveryId === undefined) {
    context.print(comparison, comparisonScreen);
    if (comparison.state !== 'done') context.leaveWith(exit.refused);
    return;
  }
  const result = await fetched(context, hub, deliveryId, output);
  context.print({ comparison, result }, (both, look) =>
    [comparisonScreen(both.comparison, look), '', fetchedScreen(both.result, look)].join('\n'),
  );
}

function howFar({ look }: Context, comparison: Comparison): string {
  const state = say(comparisonStates[comparison.state], look);
  if (comparison.state !== 'running' || !comparison.progress) return state;
  const { stage, records } = comparison.progress;
  return [state, say(comparisonStages[stage], look), records === undefined ? '' : count(records)]
    .filter(Boolean)
    .join(' ');
}

/** `field=column`, as an option says what a list calls a field. */
export function pairOf(text: string): readonly [string, string] {
  const [, field, column] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (field !== undefined && column !== undefined) return [field, column];
  throw wrongUsage('A --column is no field with its column.', 'Write field=column, as the list names it.');
}
