import { dim, green, red, yellow, type Look } from '../look.ts';
import { count, duration } from '../quantity.ts';
import type { Skipped, WatchEvent } from '../watch/events.ts';
import { either, word } from './words.ts';

type Lines = { readonly [E in WatchEvent as E['event']]: (event: E, look: Look) => string };

const lines: Lines = {
  processed: (event, look) => {
    const amount = `${count(event.rows)} ${word('rows', look)}, ${event.seconds} s`;
    return `${green(either(look, 'processed', '已处理'), look)}  ${named(event)}  ${event.file}  (${amount})`;
  },
  receipt: (event, look) => `${green(either(look, 'confirmed', '已回执'), look)}  ${named(event)}`,
  skipped: (event, look) =>
    dim(`${either(look, 'skipped', '已跳过')}    ${named(event)}  ${reasonOf(event.reason, look)}`, look),
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

const reasons: Readonly<Record<Skipped, readonly [en: string, zh: string]>> = {
  older: ['a newer dataset was processed already', '已处理更新的数据版本'],
  ended: ['its agreement is not in force any more', '其共享协议已不再生效'],
  replaced: ['an amendment replaced its terms', '其条款已被修订条款取代'],
  'retention-over': ['its terms do not let it be kept any longer', '已超过条款约定的保存期限'],
};

const reasonOf = (reason: Skipped, look: Look): string => either(look, ...reasons[reason]);
