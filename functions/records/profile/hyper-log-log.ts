const INDEX_BITS = 15;
const REGISTERS = 1 << INDEX_BITS;
/** A rank is counted in the second word of a hash: 0 for a register that nothing came to, up to 33. */
const RANK_BITS = 32;

/**
 * How many different hashes of 64 bits there are, in 32 KiB: HyperLogLog (P. Flajolet et al., 2007) with the estimator of
 * O. Ertl (arXiv:1702.01284, algorithm 6), which needs no correction at either end. The standard error is 0.57 %: 2 % is
 * three and a half of it.
 */
export class HyperLogLog {
  private readonly ranks = new Uint8Array(REGISTERS);

  add(high: number, low: number): void {
    const register = high >>> (32 - INDEX_BITS);
    const rank = Math.clz32(low) + 1;
    if (rank > (this.ranks[register] ?? 0)) this.ranks[register] = rank;
  }

  get estimate(): number {
    const counts = new Uint32Array(RANK_BITS + 2);
    for (const rank of this.ranks) counts[rank] = (counts[rank] ?? 0) + 1;
    const share = (rank: number): number => (counts[rank] ?? 0) / REGISTERS;
    let z = REGISTERS * tau(1 - share(RANK_BITS + 1));
    for (let rank = RANK_BITS; rank >= 1; rank -= 1) z = 0.5 * (z + (counts[rank] ?? 0));
    z += REGISTERS * sigma(share(0));
    return Math.round(REGISTERS ** 2 / (2 * Math.LN2 * z));
  }
}

/** x + sum of x^(2^k) * 2^(k-1) */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let x = share;
  let y = 1;
  let z = x;
  for (let before = -1; before !== z;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

/** (1 - x - sum of (1 - x^(2^-k))^2 * 2^-k) / 3 */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let x = share;
  let y = 1;
  let z = 1 - x;
  for (let before = -1; before !== z;) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
