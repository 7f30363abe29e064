/**
 * Estimates the seconds left of work that reports `done` of `total`: the mean rate since the
 * phase began, blended with the rate of the last few seconds, so that a slow start is forgotten.
 */
export interface TimeLeft {
  /** Null while unknown: nothing done, no total, or less than half a second of evidence. */
  update(done: number, total: number): number | null;
}

export function createTimeLeft(now: () => number = Date.now): TimeLeft {
  let began = now();
  let total = 0;
  let first = 0;
  let recent = { time: began, done: 0 };
  let recentRate: number | null = null;

  return {
    update(done, newTotal) {
      const time = now();
      if (newTotal !== total || done < recent.done) {
        began = time;
        total = newTotal;
        first = done;
        recent = { time, done };
        recentRate = null;
      }
      if (time - recent.time >= 2000) {
        const rate = (done - recent.done) / (time - recent.time);
        recentRate = recentRate === null ? rate : 0.5 * recentRate + 0.5 * rate;
        recent = { time, done };
      }
      const elapsed = time - began;
      if (total <= 0 || done <= first || elapsed < 500) return null;
      const mean = (done - first) / elapsed;
      const rate = recentRate === null || recentRate <= 0 ? mean : 0.5 * (mean + recentRate);
      return Math.max(0, (total - done) / rate / 1000);
    },
  };
}

/** "40 s", "3 min", "1 h 20 min". */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
