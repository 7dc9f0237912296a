/** What a hub of this size does in a month; the sample is the model platform's order of magnitude. */
export interface Volumes {
  readonly departments: number;
  readonly uploads: number;
  readonly megabytesAnUpload: number;
  readonly deliveries: number;
  readonly megabytesADelivery: number;
  /** Deliveries that share one extract, on average. */
  readonly deliveriesAnExtract: number;
  readonly apiCalls: number;
  /** Comparisons with more than a function's disk holds, and what Athena reads for one. */
  readonly comparisonsElsewhere: number;
  readonly gigabytesAQuery: number;
  readonly monthsKept: number;
}

/** 54 departments, 550 agreements, a quarter of them daily: 120 uploads of 30 MB and 200 deliveries of 8 MB a day; one comparison with a register of 4 GB. */
export const sample: Volumes = {
  departments: 54,
  uploads: 120 * 30,
  megabytesAnUpload: 30,
  deliveries: 200 * 30,
  megabytesADelivery: 8,
  deliveriesAnExtract: 1.5,
  apiCalls: 30_000 * 30,
  comparisonsElsewhere: 30,
  gigabytesAQuery: 4,
  monthsKept: 12,
};

/** Seconds of work for a megabyte, as S3 feeds one function (75 to 100 MB/s) with the engine in its shadow. */
export const secondsAMegabyte = { check: 1 / 60, deliver: 1 / 60 } as const;

/** A mailbox that is always being polled: one request of 20 seconds after the other. */
export const pollsAMonth = (30 * 86_400) / 20;

/** The hub's own metrics, one for each name and service that counts it (docs/operations.md). */
export const METRICS = 38;
