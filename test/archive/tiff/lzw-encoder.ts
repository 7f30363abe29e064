/** A plain LZW encoder for tests: TIFF 6.0, section 13, or the older form with codes from the low bit up. */
export function encodeLzw(raw: Uint8Array, lowBitFirst: boolean, clearAt = 4093): Uint8Array {
  const bits: number[] = [];
  const write = (code: number, width: number) => {
    for (let bit = 0; bit < width; bit++) {
      bits.push((code >> (lowBitFirst ? bit : width - 1 - bit)) & 1);
    }
  };
  let table = new Map<string, number>();
  let width = 9;
  write(256, 9);
  let current = "";
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
  for (const byte of raw) {
    const longer = current + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      current = longer;
      continue;
    }
    write(codeOf(current), width);
    table.set(longer, 258 + table.size);
    // The decoder is one entry behind; TIFF widens a code early, its predecessor did not.
    const top = 258 + table.size - (lowBitFirst ? 1 : 0);
    if (top >= 1 << width && width < 12) width++;
    if (258 + table.size > clearAt) {
      write(256, width);
      table = new Map();
      width = 9;
    }
    current = longer.slice(-1);
  }
  if (current !== "") {
    write(codeOf(current), width);
    const top = 258 + table.size + 1 - (lowBitFirst ? 1 : 0);
    if (top >= 1 << width && width < 12) width++;
  }
  write(257, width);
  while (bits.length % 8 !== 0) bits.push(0);
  const bytes = new Uint8Array(bits.length / 8);
  for (const [at, bit] of bits.entries()) {
    if (bit) bytes[at >> 3]! |= lowBitFirst ? 1 << (at & 7) : 128 >> (at & 7);
  }
  return bytes;
}
