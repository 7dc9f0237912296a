import { type LearnedPattern, MOST_STATES, type PatternListener, START } from '../../types/certain/pattern.ts';
import { ACCEPTS, ASCII_PAGE, CHARACTERS, LEARNED, PAGE_BITS, ROW_BYTES } from './pattern-code.ts';
import type { Room } from './room.ts';
import { RULE } from './rule.ts';

const ASCII = 128;
const PAGE = 1 << PAGE_BITS;
/** Enough for the 20,992 usual Chinese characters and many others. */
const MOST_PAGES = 512;
/** Of the room: for programs that begin later. */
const LEFT_BYTES = 1024 * 1024;

/**
 * What `readRecord` knows of a pattern for the rule at an address: all that is learned, as far as there is room. It takes none
 * before something is: many files have ASCII alone, which a table judges.
 */
export class FollowedPattern implements PatternListener {
  private readonly learned: LearnedPattern;
  private readonly rule: number;
  private readonly room: Room;
  private readonly states: number;
  /** Addresses; undefined before the first character, and where there is no room. */
  private at: ReturnType<typeof placed> | undefined;
  private pages = ASCII_PAGE + (ASCII >> PAGE_BITS);
  private begun = false;

  private constructor(learned: LearnedPattern, rule: number, room: Room) {
    this.learned = learned;
    this.rule = rule;
    this.room = room;
    // Most patterns have fewer than places.
    this.states = Math.min(learned.places * 2, MOST_STATES + 1);
  }

  static follow(learned: LearnedPattern, rule: number, room: Room): void {
    learned.tells(new FollowedPattern(learned, rule, room));
  }

  character(code: number, kind: number): void {
    if (!this.begun) this.begin();
    const { at, room } = this;
    if (!at || code >= CHARACTERS) return;
    const page = code < ASCII ? ASCII_PAGE + (code >> PAGE_BITS) : this.pageOf(at.index + (code >> PAGE_BITS) * 2);
    if (page > 0) room.bytes[at.pages + page * PAGE + (code & (PAGE - 1))] = kind * 2;
  }

  step(state: number, kind: number, to: number, accepts: boolean): void {
    const { at, room } = this;
    if (!at || state >= this.states || to >= this.states) return;
    room.short(at.rows + to * ROW_BYTES + ACCEPTS, Number(accepts));
    room.short(at.rows + state * ROW_BYTES + kind * 2, to * ROW_BYTES);
  }

  private begin(): void {
    const { room, rule, learned, states } = this;
    this.begun = true;
    const at = room.try(() => placed(room, states), room.left - LEFT_BYTES);
    if (!at) return;
    this.at = at;
    room.short(at.rows + START * ROW_BYTES + ACCEPTS, Number(learned.accepts(START)));
    room.integer(rule + RULE.learned, at.learned);
  }

  /** A new one where there is none yet; 0 if there is no room for it. */
  private pageOf(entry: number): number {
    const { room } = this;
    const known = room.view.getUint16(entry, true);
    if (known > 0 || this.pages === MOST_PAGES) return known;
    room.short(entry, this.pages);
    return this.pages++;
  }
}

function placed(room: Room, states: number) {
  const learned = room.take(LEARNED.size);
  const index = room.put(new Uint8Array((CHARACTERS >> PAGE_BITS) * 2));
  const pages = room.put(new Uint8Array(MOST_PAGES * PAGE));
  const rows = room.put(new Uint8Array(states * ROW_BYTES));
  room.integer(learned + LEARNED.index, index);
  room.integer(learned + LEARNED.pages, pages);
  room.integer(learned + LEARNED.rows, rows);
  return { learned, index, pages, rows };
}
