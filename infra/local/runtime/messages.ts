/** What the hub tells a function's process. */
export interface Invoke {
  readonly requestId: string;
  /** JSON: as in Lambda, an event is what survives it. */
  readonly event: string;
  readonly timeoutMs: number;
  /** `_X_AMZN_TRACE_ID` of this invocation. */
  readonly trace: string;
  /** How far the hub's clock is ahead of real time. */
  readonly clockOffsetMs: number;
}

/** What the process answers. */
export type FromHost =
  | { readonly type: 'ready' }
  | { readonly type: 'failed-to-load'; readonly error: ErrorReport }
  | { readonly type: 'result'; readonly requestId: string; readonly result: string }
  | { readonly type: 'error'; readonly requestId: string; readonly error: ErrorReport };

export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
}

export type InvocationResult =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: ErrorReport };
