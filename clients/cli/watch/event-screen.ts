import type { Words } from '../../../schemas/words/language.ts';
import { withheldReasons } from '../../words/kinds.ts';
import { count, duration } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import type { Skipped, WatchEvent } from './events.ts';
import { againIn, head } from './daemon-line.ts';

type Lines = { readonly [E in WatchEvent as E['event']]: (event: E, look: Look) => string };

const lines: Lines = {
  processed: (event, look) => {
    const amount = `${count(event.rows)} ${word('rows', look)}, ${event.seconds} s`;
    return `${head('processed', look)}  ${named(event)}  ${event.file}  (${amount})`;
  },
  receipt: (event, look) => `${head('receipt', look)}  ${named(event)}`,
  skipped: (event, look) =>
    dim(`${either(look, 'skipped', '已跳过')}    ${named(event)}  ${say(reasons[event.reason], look)}`, look),
  suspended: (event, look) => {
    const said = either(look, 'waits for the end of the suspension of', '等待恢复共享协议');
    return `${head('suspended', look)}  ${named(event)}  ${said} ${event.agreementId}`;
  },
  left: (event, look) => {
    const said = either(look, 'edits are left for hub follow', '变更内容留给 hub follow 处理');
    return `${head('left', look)}       ${named(event)}  ${said} ${event.agreementId}`;
  },
  failed: (event, look) => {
    const next = either(look, `try ${event.tries}, again in`, `第 ${event.tries} 次，重试间隔`);
    const said = `${event.reason} (${next} ${duration(event.retryInSeconds)})`;
    return `${head('failed', look)}     ${named(event)}  ${said}`;
  },
  waiting: (event, look) => `${head('waiting', look)}    ${againIn(event.reason, event.retryInSeconds, look)}`,
};

/** One event of a watch as a line. */
export const watchEventLine = (event: WatchEvent, look: Look): string =>
  (lines[event.event] as (event: WatchEvent, look: Look) => string)(event, look);

const named = ({
  deliveryId,
  resourceId,
  datasetVersion,
}: {
  deliveryId: string;
  resourceId: string;
  datasetVersion: number;
}) => `${resourceId} ${datasetVersion}  ${deliveryId}`;

const reasons: Readonly<Record<Skipped, Words>> = {
  ...withheldReasons,
  older: { en: 'a newer dataset was processed already', zh: '已处理更新的数据版本' },
};
