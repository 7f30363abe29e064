import { IconFolderOpen, IconPlus, IconSparkles } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { FolderDialog } from "../../components/folder-dialog.tsx";
import { Mark } from "../../components/mark.tsx";
import { presentError, reporting } from "../../feedback/present-error.tsx";
import { navigate, openProject } from "../../state/app-actions.ts";
import { useApp } from "../../state/app-store.ts";
import { chooseFolder } from "../../state/choose-folder.ts";
import { loadEngine } from "../../state/engine-store.ts";
import { jobEnded, useJobs } from "../../state/jobs-store.ts";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";
import { BackendLine } from "./backend-line.tsx";
import { RecentProjects } from "./recent-projects.tsx";
import { StartAction } from "./start-action.tsx";
import classes from "./start-screen.module.css";

/** Where one begins: new, open, demo; what was worked on last; what computes. */
export function StartScreen() {
  const info = useApp((app) => app.info);
  const recent = useApp((app) => app.preferences?.recentProjects) ?? [];
  const makingDemo = useJobs(({ jobs }) =>
    jobs.some((job) => job.kind === "demo" && job.state === "running"),
  );
  const [browsing, setBrowsing] = useState(false);
  useEffect(() => void loadEngine(), []);

  async function open(): Promise<void> {
    if (!info?.hasNativeDialogs) return setBrowsing(true);
    const folder = await chooseFolder(strings.start.openTitle, "project");
    if (folder) await openProject(folder);
  }

  return (
    <div className={classes.start}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <Mark size={28} />
          <div>
            <h1 className={classes.name}>{strings.product}</h1>
            <p className={classes.tagline}>{strings.start.tagline}</p>
          </div>
        </div>
        <div className={classes.body}>
          <section className={classes.actions} aria-label={strings.start.begin}>
            <StartAction
              icon={IconPlus}
              title={strings.start.newProject}
              text={strings.start.newText}
              primary
              onClick={() => navigate("new-project")}
            />
            <StartAction
              icon={IconFolderOpen}
              title={strings.start.open}
              text={strings.start.openText}
              onClick={() => reporting(open())}
            />
            <StartAction
              icon={IconSparkles}
              title={strings.start.demo}
              text={makingDemo ? strings.start.demoRunning : strings.start.demoText}
              disabled={makingDemo}
              onClick={() => startDemo().catch(presentError)}
            />
          </section>
          <RecentProjects recent={recent} />
        </div>
        <BackendLine version={info?.version ?? ""} />
      </div>
      <FolderDialog
        opened={browsing}
        title={strings.start.openTitle}
        accept="project"
        onClose={() => setBrowsing(false)}
        onChoose={(folder) => {
          setBrowsing(false);
          reporting(openProject(folder));
        }}
      />
    </div>
  );
}

async function startDemo(): Promise<void> {
  const { jobId } = await call("projects.demo", {});
  const job = await jobEnded(jobId);
  if (job.state === "done" && job.output && !useApp.getState().project) await openProject(job.output);
}
