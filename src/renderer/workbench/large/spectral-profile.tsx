import { useEffect, useState } from "react";
import { toErrorShape } from "../../../shared/errors.ts";
import { LineChart } from "../../charts/line-chart.tsx";
import { sample } from "../../components/format.ts";
import { ErrorSentence } from "../../feedback/error-sentence.tsx";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";
import classes from "./spectral-profile.module.css";

const DELAY_MS = 120;

interface BandValue {
  readonly name: string;
  readonly mean: number;
  readonly standardDeviation: number;
}
type Profile =
  | { readonly patchId: number; readonly bands: readonly BandValue[] }
  | { readonly error: unknown };

/** Mean and standard deviation of each band over the patch, in the file's own values. */
export function SpectralProfile({ patchId }: { patchId: number }) {
  const profile = useProfile(patchId);
  return (
    <section className={classes.profile} aria-label={strings.large.profile}>
      <h3 className={classes.title}>{strings.large.profile}</h3>
      <div className={classes.chart}>
        {profile && "error" in profile && <ErrorSentence error={toErrorShape(profile.error)} />}
        {profile && "bands" in profile && <ProfileChart bands={profile.bands} />}
      </div>
    </section>
  );
}

function ProfileChart({ bands }: { bands: readonly BandValue[] }) {
  const points = bands.map((band, x) => ({ x, y: band.mean, spread: band.standardDeviation }));
  const lowest = Math.min(...points.map((point) => point.y));
  const name = (x: number) => bands[x]?.name ?? "";
  return (
    <LineChart
      label={strings.large.profile}
      series={[{ id: "mean", name: strings.large.mean, color: "var(--fm-accent)", points }]}
      xTicks={points.map((point) => point.x)}
      formatX={name}
      formatY={sample}
      yLimits={[lowest < 0 ? -Infinity : 0, Infinity]}
    />
  );
}

/** The profile before stays until the next one is there, so that the chart does not blink. */
function useProfile(patchId: number): Profile | null {
  const [profile, setProfile] = useState<Profile | null>(null);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      call("patches.profile", { id: patchId }).then(
        ({ bands }) => wanted && setProfile({ patchId, bands }),
        (error: unknown) => wanted && setProfile({ error }),
      );
    }, DELAY_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [patchId]);
  return profile;
}
