import { useEffect, useState } from "react";
import { useApp } from "../state/app-store.ts";
import { strings } from "../strings.ts";
import classes from "./connection-banner.module.css";

const PATIENCE_MS = 600;

/** Says that the connection is away, once that lasts longer than a blink. */
export function ConnectionBanner() {
  const connection = useApp((app) => app.connection);
  const everOpen = useApp((app) => app.info !== null);
  const [patience, setPatience] = useState(true);
  useEffect(() => {
    setPatience(true);
    if (connection === "open") return;
    const timer = setTimeout(() => setPatience(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connection]);

  if (connection === "open" || patience) return null;
  return (
    <div className={classes.banner} role="status">
      {connection === "refused"
        ? strings.connection.refused
        : everOpen
          ? strings.connection.lost
          : strings.connection.connecting}
    </div>
  );
}
