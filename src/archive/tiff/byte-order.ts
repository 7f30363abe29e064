const REVERSED = Uint8Array.from({ length: 256 }, (_, value) => {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) if (value & (1 << bit)) reversed |= 128 >> bit;
  return reversed;
});

/** Reverses the bits of each byte in place (FillOrder 2). */
export function reverseBits(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) bytes[at] = REVERSED[bytes[at]!]!;
}

/** Swaps the bytes of samples in place, where their width has an order: 16, 24, 32 and 64 bits. */
export function swapBytes(bytes: Uint8Array, bits: number): void {
  const width = bits >> 3;
  const buffer = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    bytes.length - (bytes.length % Math.max(1, width)),
  );
  switch (bits) {
    case 16:
      buffer.swap16();
      return;
    case 32:
      buffer.swap32();
      return;
    case 64:
      buffer.swap64();
      return;
    case 24:
      for (let at = 0; at + 2 < bytes.length; at += 3) {
        const first = bytes[at]!;
        bytes[at] = bytes[at + 2]!;
        bytes[at + 2] = first;
      }
      return;
  }
}
