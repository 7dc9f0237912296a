import type { Code } from './assembler.ts';

/** Short forms of what programs are made of. */
export const get = (local: string): Code => ['get', local];
export const set = (local: string, value: Code): Code => ['set', local, value];
export const i64 = (value: bigint): Code => ['i64', String(value)];
export const add = (a: Code, b: Code): Code => ['i32.add', a, b];
export const sub = (a: Code, b: Code): Code => ['i32.sub', a, b];
export const advance = (local: string, by: Code = 1): Code => set(local, add(get(local), by));
export const byte = (address: Code, offset = 0): Code => ['i32.load8_u', address, offset];
export const integer = (address: Code, offset = 0): Code => ['i32.load', address, offset];
export const is = (a: Code, b: Code): Code => ['i32.eq', a, b];
export const isNot = (a: Code, b: Code): Code => ['i32.ne', a, b];
export const not = (a: Code): Code => ['i32.eqz', a];
export const and = (first: Code, ...others: Code[]): Code => others.reduce<Code>((a, b) => ['i32.and', a, b], first);
export const or = (first: Code, ...others: Code[]): Code => others.reduce<Code>((a, b) => ['i32.or', a, b], first);
export const when = (condition: Code, ...then: Code[]): Code => ['when', condition, ...then];
type Branch = readonly [name: string, code: readonly Code[]];

/** Goes where a number says: to one of some branches, each of which ends with a jump. Those of one name have the same code. */
export function branches(number: Code, all: readonly Branch[]): readonly Code[] {
  const names = all.map(([name]) => name);
  return nested([...new Map(all)].toReversed(), [['br_table', number, ...names, names.at(-1) ?? '']]);
}

/** The first branch outermost, so that each goes on behind its block. */
function nested([first, ...others]: readonly Branch[], jump: readonly Code[]): readonly Code[] {
  return first ? [['block', first[0], ...nested(others, jump)], ...first[1]] : jump;
}
