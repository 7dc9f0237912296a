import { type ByteTable, compressed } from '../../types/byte-table.ts';
import type { MomentForms } from '../../types/certain/moment.ts';
import type { DecimalForm } from '../../types/certain/number.ts';
import { LACKING } from '../../types/certain/parts.ts';
import { type Codes, FIRST_PLACE, FIRST_STEP, LEAST, MOST, NAMES, STEP } from '../../types/certain/pattern-steps.ts';
import { type CellRule, OTHER } from '../cell-rule.ts';
import { COMMA, CR, ENDS, LF, QUOTE } from '../scanner.ts';
import { hashOf, LIST, LISTED } from './list-code.ts';
import { FORM_BYTES, GROUP, MOMENT, NAME, PARTS_BYTES, PIECES } from './moment-code.ts';
import { runLength, writeRun } from './moment-run.ts';
import { FollowedPattern } from './followed-pattern.ts';
import { AROUND, DECIMAL_RULE, MOST_ZEROS, NO_BYTE } from './number-code.ts';
import { TABLE_RULE } from './read-record.ts';
import type { Room } from './room.ts';
import { RULE } from './rule.ts';

/** What it cannot judge by such a rule is asked for. */
const isKnown = ({ code, weighted, markers, least, most }: CellRule): boolean =>
  (code === undefined || weighted !== undefined) &&
  markers.every(({ length }) => length < 32) &&
  !Number.isNaN(least) &&
  !Number.isNaN(most);

/** A rule as `readRecord` knows it. */
export function writeRule(rule: CellRule, at: number, room: Room): void {
  const integer = (part: number, value: number) => room.integer(at + part, value);
  const double = (part: number, value: number) => room.double(at + part, value);
  const own = isKnown(rule) ? ownPart(rule, room) : undefined;
  integer(RULE.kind, own === undefined ? OTHER : rule.kind);
  integer(RULE.own, own ?? 0);
  integer(RULE.good, rule.good);
  integer(RULE.empty, rule.empty);
  integer(
    RULE.markers,
    rule.markers.reduce((bits, { length }) => bits | (1 << length), 0),
  );
  integer(
    RULE.markerStarts,
    room.put(Uint8Array.from({ length: 256 }, (_, byte) => Number(rule.markers.some((marker) => marker[0] === byte)))),
  );
  double(RULE.least, rule.least);
  double(RULE.most, rule.most);
  double(RULE.above, rule.above);
  double(RULE.below, rule.below);
  integer(RULE.leastInt, Math.max(rule.least, 0));
  integer(RULE.mostInt, Math.min(rule.most, LARGEST));
  integer(RULE.digits, rule.digits);
  if (rule.learned && own !== undefined) FollowedPattern.follow(rule.learned, at, room);
  if (!rule.weighted) return;
  const { values, checks, modulus, length, hyphen, birth = 0 } = rule.weighted;
  integer(RULE.values, room.put(new Uint8Array(values.buffer)));
  integer(RULE.checks, room.put(Buffer.from(checks)));
  integer(RULE.places, values.length >> 8);
  integer(RULE.modulus, modulus);
  integer(RULE.length, length);
  integer(RULE.hyphen, Number(hyphen));
  integer(RULE.birth, birth);
}

const LARGEST = 0x7fffffff;

/** So much of the room one rule may take for itself: a longer list is asked for. */
const MOST_OWN_BYTES = 512 * 1024;

/** Address of what the kind alone has, 0 if that is nothing; undefined if there is no place for it. */
function ownPart({ table, texts, moment, decimal }: CellRule, room: Room): number | undefined {
  if (table) return room.try(() => tablePart(table, room), MOST_OWN_BYTES);
  if (texts) return room.try(() => listPart(texts, room), MOST_OWN_BYTES);
  if (moment) return room.try(() => momentPart(moment, room), MOST_OWN_BYTES);
  if (decimal) return room.try(() => decimalPart(decimal, room), MOST_OWN_BYTES);
  return 0;
}

function structure(room: Room, size: number, integers: Readonly<Record<number, number>>): number {
  const at = room.take(size);
  for (const [part, value] of Object.entries(integers)) room.integer(at + Number(part), value);
  return at;
}

/** Above this many bytes the states after pairs would push other things out of the processor's cache. */
const MOST_PAIR_BYTES = 64 * 1024;

function tablePart(table: ByteTable, room: Room): number {
  const { classes, bits, next, pairs } = compressed(table, [QUOTE, CR, LF], MOST_PAIR_BYTES);
  const plain = Uint8Array.from(classes);
  plain[COMMA] = 0;
  return structure(room, TABLE_RULE.size, {
    [TABLE_RULE.classes]: room.put(plain),
    [TABLE_RULE.quotedClasses]: room.put(classes),
    [TABLE_RULE.bits]: bits,
    [TABLE_RULE.next]: room.put(next),
    [TABLE_RULE.pairs]: pairs ? room.put(pairs) : 0,
    [TABLE_RULE.accepts]: room.put(table.accepts),
  });
}

function listPart(texts: readonly Buffer[], room: Room): number {
  const count = 1 << (33 - Math.clz32(texts.length * 2));
  const slots = room.put(new Uint8Array(count * 4));
  const taken = new Set<number>();
  for (const text of texts) {
    const at = room.take(LISTED.size + text.length);
    room.integer(at + LISTED.length, text.length);
    room.set(at + LISTED.text, text);
    let slot = hashOf(text) & (count - 1);
    while (taken.has(slot)) slot = (slot + 1) & (count - 1);
    taken.add(slot);
    room.integer(slots + slot * 4, at);
  }
  return structure(room, LIST.size, { [LIST.slots]: slots, [LIST.mask]: count - 1 });
}

function momentPart({ kind, forms, clocks, bounds }: MomentForms, room: Room): number {
  const lacking = room.put(new Uint8Array(Int32Array.from(LACKING).buffer));
  // One more part: for names that say nothing.
  const parts = room.take(PARTS_BYTES + 16);
  const at = structure(room, MOMENT.size, {
    [MOMENT.forms]: group(forms, room),
    [MOMENT.clocks]: clocks.length > 0 ? group(clocks, room) : 0,
    [MOMENT.parts]: parts,
    [MOMENT.lacking]: lacking,
    [MOMENT.isBounded]: Number(bounds !== undefined),
    [MOMENT.from]: Math.min(LAST_YEAR + 1, Math.max(0, Math.floor(bounds?.from ?? 0) + 1)),
    [MOMENT.to]: Math.max(-1, Math.min(LAST_YEAR, Math.ceil(bounds?.to ?? 0) - 1)),
  });
  const [day, second, zone] = WEIGHTS[kind];
  room.double(at + MOMENT.dayWeight, day);
  room.double(at + MOMENT.secondWeight, second);
  room.double(at + MOMENT.zoneWeight, zone);
  return at;
}

const LAST_YEAR = 9999;
/** What a day, a second and a second of the zone add to the position (`MomentBounds`). */
const WEIGHTS: Readonly<Record<MomentForms['kind'], readonly [day: number, second: number, zone: number]>> = {
  date: [1, 0, 0],
  time: [0, 1, 0],
  datetime: [86_400, 1, 1],
};

/** Line breaks and quotes are never plain bytes of a cell. */
const isWritable = (codes: Codes): boolean => !ENDS.some((end) => end !== COMMA && codes.includes(end));

function group(forms: readonly Codes[], room: Room): number {
  const known = forms.filter(isWritable);
  const pieces = known.map((codes) => piecesOf(codes, room));
  const begin = room.take(known.length * FORM_BYTES);
  for (const [i, words] of pieces.entries()) {
    const address = room.take(words.length * 4);
    for (const [k, word] of words.entries()) room.integer(address + k * 4, word);
    room.integer(begin + i * FORM_BYTES, address);
    room.integer(begin + i * FORM_BYTES + 4, address + words.length * 4);
  }
  return structure(room, GROUP.size, {
    [GROUP.likely]: begin,
    [GROUP.begin]: begin,
    [GROUP.end]: begin + known.length * FORM_BYTES,
  });
}

type Piece = (typeof PIECES)[number];
/** In the order of `STEP`. */
const STEP_PIECES: readonly Piece[] = ['blanks', 'shortYear', 'ordinal', 'fraction', 'zone', 'isoFraction', 'isoZone'];

function piecesOf(codes: Codes, room: Room): number[] {
  const all = [...codes];
  const words: number[] = [];
  for (let at = 0; at < all.length;) {
    const count = runLength(all.slice(at));
    words.push(...(count > 0 ? runPiece(all.slice(at, at + count), room) : pieceOf(all[at] ?? 0, room)));
    at += Math.max(1, count);
  }
  return words;
}

function runPiece(codes: readonly number[], room: Room): number[] {
  const { address, size, backAt } = writeRun(codes, room);
  return [word('run', backAt, size), address];
}

function pieceOf(code: number, room: Room): number[] {
  if (code < FIRST_PLACE) return [word('literal', code)];
  if (code < FIRST_STEP) {
    const place = code - FIRST_PLACE;
    return [word('digits', place * 4, LEAST[place], MOST[place])];
  }
  if (code < STEP.names) return [word(STEP_PIECES[code - FIRST_STEP] ?? 'literal')];
  return [word('names'), ...namesAt(code - STEP.names, room)];
}

const word = (piece: Piece, first = 0, second = 0, third = 0): number =>
  PIECES.indexOf(piece) | (first << 8) | (second << 16) | (third << 24);

/** Begin and end of some names. */
function namesAt(index: number, room: Room): [number, number] {
  const { names, place, least } = NAMES[index] ?? { names: [], place: 0, least: 0 };
  const begin = room.take(names.length * NAME.size);
  for (const [i, text] of names.entries()) {
    const at = begin + i * NAME.size;
    room.set(at + NAME.text, Buffer.from(text));
    room.integer(at + NAME.bits, (1 << text.length) - 1);
    room.integer(at + NAME.length, text.length);
    room.integer(at + NAME.place, place === undefined ? PARTS_BYTES : place * 4);
    room.integer(at + NAME.value, least + i);
  }
  return [begin, begin + names.length * NAME.size];
}

function decimalPart({ point = NO_BYTE, group: groupChar = NO_BYTE, around }: DecimalForm, room: Room): number {
  const powers = room.take((MOST_ZEROS + 1) * 8);
  for (let zeros = 0; zeros <= MOST_ZEROS; zeros += 1) room.double(powers + zeros * 8, Number(`1e${zeros}`));
  const text = around ? structure(room, AROUND.size, { [AROUND.sign]: 0 }) : 0;
  around?.tells((before, after, sign) => {
    if (before.length > 16 || after.length > 16 || ENDS.some((end) => before.includes(end) || after.includes(end)))
      return;
    room.set(text + AROUND.before, before);
    room.set(text + AROUND.after, after);
    room.integer(text + AROUND.beforeBits, (1 << before.length) - 1);
    room.integer(text + AROUND.beforeLength, before.length);
    room.integer(text + AROUND.afterBits, (1 << after.length) - 1);
    room.integer(text + AROUND.afterLength, after.length);
    room.integer(text + AROUND.sign, sign);
  });
  return structure(room, DECIMAL_RULE.size, {
    [DECIMAL_RULE.point]: point,
    [DECIMAL_RULE.group]: groupChar,
    [DECIMAL_RULE.around]: text,
    [DECIMAL_RULE.powers]: powers,
  });
}
