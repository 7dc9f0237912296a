/**
 * An answer that the real service would give with an error status. Thrown rather than returned, because it has to
 * unwind a half-received upload; the front turns it into the service's own error body.
 */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  readonly status: number;
  readonly code: string;
  /** Additional members of a JSON error or headers of an S3 error. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/** SDKs try again. */
export const starting = (): AwsRefusal =>
  new AwsRefusal(503, 'ServiceUnavailable', 'The hub is starting; try again in a moment.');

/** What cannot be done honestly is refused, never pretended. */
export const notImplemented = (what: string): AwsRefusal =>
  new AwsRefusal(501, 'NotImplemented', `${what} is not implemented by the local hub.`);
