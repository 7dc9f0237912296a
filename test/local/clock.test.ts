import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { hubClock } from '../../infra/local/clock.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'clock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('is the real time at first; steps add up and outlive a restart', () => {
  const clock = hubClock(folder);
  expect(clock.offset()).toBe(0);
  clock.advance(1_000);
  clock.advance(60_000);
  expect(clock.offset()).toBe(61_000);
  expect(hubClock(folder).offset()).toBe(61_000);
});

test('tells whoever wants to know of every step', () => {
  const clock = hubClock(folder);
  const seen: number[] = [];
  clock.onAdvance(() => seen.push(clock.offset()));
  clock.advance(5);
  clock.advance(5);
  expect(seen).toEqual([5, 10]);
});

test('knows for a quarter of an hour what it would show without its latest steps', () => {
  jest.useFakeTimers();
  try {
    const clock = hubClock(folder);
    const shown = () => clock.before().map((time) => clock.now().getTime() - time.getTime());
    expect(shown()).toEqual([]);
    clock.advance(3_600_000);
    jest.advanceTimersByTime(10 * 60_000);
    clock.advance(60_000);
    expect(shown()).toEqual([3_660_000, 60_000]);
    jest.advanceTimersByTime(5 * 60_000);
    expect(shown()).toEqual([60_000]);
    jest.advanceTimersByTime(10 * 60_000);
    expect(shown()).toEqual([]);
  } finally {
    jest.useRealTimers();
  }
});

test.each([-1, Number.NaN, 400_000_000_000_000])('a step of %s is refused and nothing moves', (step) => {
  const clock = hubClock(folder);
  expect(() => clock.advance(step)).toThrow(RangeError);
  expect(hubClock(folder).offset()).toBe(0);
});
