import type { Header } from '../header/read-header.ts';
import type { Meter } from '../csv/meter.ts';
import type { Window } from '../csv/window.ts';
import type { Table } from '../formats/open-table.ts';

/** A file whose header has no fault, and is read. */
export interface Opened {
  readonly table: Table;
  readonly window: Window;
  readonly header: Header;
  readonly meter: Meter;
}
