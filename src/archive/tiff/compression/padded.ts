/** So many bytes follow the input, so that four can be taken without asking whether they belong to it. */
export const PADDING = 4;

/** The input and what follows it, of which nothing is known. Copied only where it ends with its memory. */
export function withPadding(input: Uint8Array): DataView {
  const { buffer, byteOffset, length } = input;
  if (byteOffset + length + PADDING <= buffer.byteLength)
    return new DataView(buffer, byteOffset, length + PADDING);
  const padded = new Uint8Array(length + PADDING);
  padded.set(input);
  return new DataView(padded.buffer);
}
