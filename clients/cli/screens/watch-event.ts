import type { Words } from '../../../schemas/words/language.ts';
import { withheldReasons } from '../../words/kinds.ts';
import { word } from '../../words/labels.ts';
import { either, say } from '../../words/listener.ts';
import { count, duration } from '../../words/quantity.ts';
import { dim, green, red, yellow, type Look } from '../look.ts';
import type { Skipped, WatchEvent } from '../watch/events.ts';

type Lines = { readonly [E in WatchEvent as E['event']]: (event: E, look: Look) => string };

const lines: Lines = {
  processed: (event, look) => {
    const amount = `${count(event.rows)} ${word('rows', look)}, ${event.seconds} s`;
    return `${green(either(look, 'processed', '已处理'), look)}  ${named(event)}  ${event.file}  (${amount})`;
  },
  receipt: (event, look) => `${green(either(look, 'confirmed', '已回执'), look)}  ${named(event)}`,
  skipped: (event, look) =>
    dim(`${either(look, 'skipped', '已跳过')}    ${named(event)}  ${say(reasons[event.reason], look)}`, look),
  suspended: (event, look) => {
    const said = either(look, 'waits for the end of the suspension of', '等待恢复共享协议');
    return `${yellow(either(look, 'suspended', '已暂停'), look)}  ${named(event)}  ${said} ${event.agreementId}`;
  },
  left: (event, look) => {
    const said = either(look, 'edits are left for hub follow', '变更内容留给 hub follow 处理');
    return `${yellow(either(look, 'left', '未取'), look)}       ${named(event)}  ${said} ${event.agreementId}`;
  },
  failed: (event, look) => {
    const next = either(look, `try ${event.tries}, again in`, `第 ${event.tries} 次，重试间隔`);
    const said = `${event.reason} (${next} ${duration(event.retryInSeconds)})`;
    return `${red(either(look, 'failed', '失败'), look)}     ${named(event)}  ${said}`;
  },
  waiting: (event, look) => {
    const said = `${event.reason} (${either(look, 'again in', '重试间隔')} ${duration(event.retryInSeconds)})`;
    return `${yellow(either(look, 'waiting', '等待'), look)}    ${said}`;
  },
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
