/** When something is done: the instant, and the day that it falls on in the hub's time zone. */
export interface Moment {
  /** UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}
