import { AwsRefusal } from '../front/refusal.ts';

/** TransactWriteItems, ClientRequestToken: valid for 10 minutes after the first request that used it is finished. */
const VALID_MS = 10 * 60_000;

/** Remembers finished transactions by token: the same request again has no further effect. */
export class TransactionTokens {
  readonly #finished = new Map<string, { readonly fingerprint: string; readonly until: number }>();

  /** Whether the transaction was done before. @throws AwsRefusal where the token was of another request. */
  isDone(token: string, fingerprint: string): boolean {
    this.#forget();
    const finished = this.#finished.get(token);
    if (finished && finished.fingerprint !== fingerprint) {
      const message =
        'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.';
      throw new AwsRefusal(400, 'IdempotentParameterMismatchException', message);
    }
    return finished !== undefined;
  }

  finish(token: string, fingerprint: string): void {
    this.#finished.set(token, { fingerprint, until: performance.now() + VALID_MS });
  }

  #forget(): void {
    for (const [token, { until }] of this.#finished) {
      if (until > performance.now()) return;
      this.#finished.delete(token);
    }
  }
}
