const BLOCK_BYTES = 64;

/** The secret, of 32 bytes, filled up to a block of SHA-256, and every bit turned that the byte has. */
function padded(byte: number): string {
  const filled = `CAST(secret || from_hex('${'00'.repeat(BLOCK_BYTES / 2)}') AS BIT)`;
  const pad = `CAST(from_hex('${byte.toString(16).repeat(BLOCK_BYTES)}') AS BIT)`;
  return `CAST(xor(${filled}, ${pad}) AS BLOB)`;
}

/** Functions that Trino has and DuckDB lacks: HMAC-SHA-256 (RFC 2104) of bytes, and a text's bytes. */
export const hmacMacros = `CREATE MACRO to_utf8(words) AS encode(words);
CREATE MACRO hmac_sha256(message, secret) AS
from_hex(sha256(${padded(0x5c)} || from_hex(sha256(${padded(0x36)} || message))))`;
