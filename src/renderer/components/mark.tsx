/** Four patches, one of them marked. */
export function Mark({ size = 16 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 18 18" aria-hidden="true">
      <rect x="0" y="0" width="8" height="8" rx="1.5" fill="var(--fm-line-strong)" />
      <rect x="0" y="10" width="8" height="8" rx="1.5" fill="var(--fm-line-strong)" />
      <rect x="10" y="10" width="8" height="8" rx="1.5" fill="var(--fm-line-strong)" />
      <rect x="10" y="0" width="8" height="8" rx="1.5" fill="var(--fm-accent)" />
    </svg>
  );
}
