import type { SchemeId } from '../../../schemas/contracts/ids.ts';
import type { StoredScheme } from '../../../schemas/stored/agreements.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { Ports } from '../ports.ts';

export interface Schemes {
  /** Strongly consistent. */
  find(id: SchemeId): Promise<StoredScheme | undefined>;
  /** Puts a scheme there before anything of it is proposed; answers the one that is there already, if one is. */
  begin(scheme: StoredScheme): Promise<StoredScheme>;
  /** What came of all of it, and what a repeated call is answered; false where the answer's key has been used meanwhile. */
  conclude(scheme: StoredScheme, answer: StoredAnswer | undefined): Promise<boolean>;
  /** What a repeated call is answered; false where the answer's key has been used meanwhile. */
  keepAnswer(answer: StoredAnswer): Promise<boolean>;
}

export interface SchemePorts extends Ports {
  readonly schemes: Schemes;
}
