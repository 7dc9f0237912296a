import type { MiddlewareObj } from '@middy/core';

/** At the end, also after a fault: what was counted before it happened. */
export const metricsPublished = (publish: () => void): MiddlewareObj => ({ after: publish, onError: publish });
