import { KMSClient } from '@aws-sdk/client-kms';
import { patience } from '../patience.ts';

export const kmsClient = (): KMSClient => new KMSClient(patience());
