import { Button, CopyButton, Group, Progress, Select, Skeleton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { Job } from "../../shared/contracts/app.ts";
import type { OptionValues, RegistryEntry } from "../../shared/domain/learning.ts";
import { FolderField } from "../components/folder-field.tsx";
import { number } from "../components/format.ts";
import { OptionFields } from "../components/option-fields.tsx";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { presentError } from "../feedback/present-error.tsx";
import { useApp } from "../state/app-store.ts";
import { closeDialog } from "../state/dialog-store.ts";
import { jobEnded, useJobs } from "../state/jobs-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import classes from "./export-form.module.css";

/** Writes what is labelled in a format that others read, and says where it lies. */
export function ExportForm() {
  const project = useApp((app) => app.project);
  const [formats, setFormats] = useState<readonly RegistryEntry[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [format, setFormat] = useState<string | null>(null);
  const [options, setOptions] = useState<OptionValues>({});
  const [folder, setFolder] = useState(project ? `${project.folder.replace(/\.fieldmark$/, "")}-export` : "");
  const [jobId, setJobId] = useState<string | null>(null);
  const [finished, setFinished] = useState<Job | null>(null);
  useEffect(() => {
    call("exports.formats").then(setFormats, setError);
  }, []);

  if (error !== null) return <ErrorPanel error={error} />;
  if (!project || !formats) return <Skeleton height={180} />;
  if (finished) return <Finished job={finished} onAgain={() => setFinished(null)} />;
  const entry = formats.find((candidate) => candidate.id === format) ?? formats[0];
  const nothing = project.counts.confirmed === 0;

  async function run(): Promise<void> {
    if (!entry) return;
    try {
      const started = await call("exports.run", { format: entry.id, folder: folder.trim(), options });
      setJobId(started.jobId);
      const job = await jobEnded(started.jobId);
      if (job.state === "done") setFinished(job);
    } catch (problem) {
      presentError(problem);
    } finally {
      setJobId(null);
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Select
        data-autofocus
        label={strings.export.format}
        description={entry?.description}
        data={formats.map(({ id, name }) => ({ value: id, label: name }))}
        value={entry?.id ?? null}
        onChange={(value) => {
          setFormat(value);
          setOptions({});
        }}
      />
      {entry && <OptionFields schema={entry.options} values={options} onChange={setOptions} />}
      <FolderField
        label={strings.export.folder}
        description={strings.export.folderHelp}
        value={folder}
        purpose="export"
        onChange={setFolder}
      />
      <p className={classes.note}>
        {nothing ? strings.export.nothing : strings.export.what(number(project.counts.confirmed))}
      </p>
      {jobId && <ExportProgress jobId={jobId} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={closeDialog}>
          {strings.cancel}
        </Button>
        <Button type="submit" loading={jobId !== null} disabled={nothing || !entry || folder.trim() === ""}>
          {strings.export.run}
        </Button>
      </Group>
    </form>
  );
}

function ExportProgress({ jobId }: { jobId: string }) {
  const job = useJobs(({ jobs }) => jobs.find((candidate) => candidate.id === jobId));
  const known = job !== undefined && job.total > 0;
  return (
    <Progress
      size={6}
      value={known ? (job.done / job.total) * 100 : 100}
      animated={!known}
      aria-label={strings.export.title}
    />
  );
}

function Finished({ job, onAgain }: { job: Job; onAgain: () => void }) {
  return (
    <div className={classes.form} role="status">
      <p>{job.message || strings.export.done}</p>
      {job.output && (
        <div className={classes.result}>
          <code data-selectable>{job.output}</code>
          <CopyButton value={job.output}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                onClick={copy}
              >
                {copied ? strings.export.copied : strings.export.copy}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {strings.export.again}
        </Button>
        <Button data-autofocus onClick={closeDialog}>
          {strings.close}
        </Button>
      </Group>
    </div>
  );
}
