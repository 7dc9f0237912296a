import { AthenaClient } from '@aws-sdk/client-athena';
import { patience } from '../patience.ts';

export const athenaClient = (): AthenaClient => new AthenaClient(patience());
