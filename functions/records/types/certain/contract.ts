/**
 * Whether a cell is certainly of its type and within its bounds, by its bytes alone; [start, end) is within its quotes. It may
 * say no of any good cell, which `judge` then reads as text.
 * @param doubled the bytes have quotes, each of them written twice
 */
export type Certain = (bytes: Uint8Array, start: number, end: number, doubled: boolean) => boolean;
