import type { LogicalType } from '../types/logical-type.ts';

interface Extreme {
  readonly position: number;
  readonly exact: boolean;
  readonly text: string;
}

/** The smallest and the largest of values that have an order, as they are written. */
export class Extremes {
  private least: Extreme | undefined;
  private most: Extreme | undefined;
  private readonly type: LogicalType;

  constructor(type: LogicalType) {
    this.type = type;
  }

  get minimum(): string | undefined {
    return this.least?.text;
  }

  get maximum(): string | undefined {
    return this.most?.text;
  }

  /** Whether a value at this position may be one; only then is its text needed. */
  wants(position: number, exact: boolean): boolean {
    const { least, most } = this;
    if (!least || !most || position < least.position || position > most.position) return true;
    return (
      (position === least.position && !(exact && least.exact)) || (position === most.position && !(exact && most.exact))
    );
  }

  take(position: number, exact: boolean, text: string): void {
    const value = { position, exact, text };
    if (!this.least || this.order(value, this.least) < 0) this.least = value;
    if (!this.most || this.order(value, this.most) > 0) this.most = value;
  }

  private order(one: Extreme, other: Extreme): number {
    if (one.position !== other.position) return one.position - other.position;
    if (one.exact && other.exact) return 0;
    return this.type.compare?.(this.type.read(one.text), this.type.read(other.text)) ?? 0;
  }
}
