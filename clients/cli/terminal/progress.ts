import { duration, size } from '../../words/quantity.ts';
import type { Progress } from './context.ts';
import { shown } from './printable.ts';
import { fit } from './text-width.ts';

export interface ProgressState {
  readonly title: string;
  readonly done: number;
  readonly total: number | undefined;
  /** What was done before: no part of the rate. */
  readonly from?: number;
  readonly seconds: number;
}

const BAR = 20;

/** One line: bar, share, bytes, rate and remaining time; without a total, the time that has passed. */
export function progressLine({ title, done, total, from = 0, seconds }: ProgressState): string {
  if (total === undefined) return `${title} … ${duration(seconds)}`;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(share * BAR);
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
  const rate = seconds > 0 ? (done - from) / seconds : 0;
  const left = rate > 0 && share < 1 ? `, ${duration((total - done) / rate)} left` : '';
  return `${title} ${bar} ${Math.floor(share * 100)} %  ${size(done)} of ${size(total)}, ${size(rate)}/s${left}`;
}

/** A first line after this time only: what is quick needs none. */
const QUIET_MS = 2_000;
const EVERY_MS = 200;

export function liveProgress(stream: NodeJS.WriteStream, title: string, total: number | undefined): Progress {
  const started = performance.now();
  let state: { title: string; done: number; from?: number } = { title, done: 0 };
  let drawn = false;
  const draw = () => {
    const seconds = (performance.now() - started) / 1000;
    if (seconds * 1000 < QUIET_MS) return;
    const line = shown(progressLine({ ...state, total, seconds }));
    stream.write(`\r\u001b[K${fit(line, (stream.columns || 80) - 1)}`);
    drawn = true;
  };
  const timer = setInterval(draw, EVERY_MS);
  timer.unref();
  return {
    // What a resumed work begins with is told by its first update.
    update: (done) => (state = { ...state, done, from: state.from ?? done }),
    retitle: (text) => (state = { ...state, title: text }),
    end: () => {
      clearInterval(timer);
      if (drawn) stream.write('\r\u001b[K');
      drawn = false;
    },
  };
}

export const silentProgress: Progress = { update: () => {}, retitle: () => {}, end: () => {} };
