import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { PatchFilter } from "../../../shared/contracts/app.ts";
import { number } from "../../components/format.ts";
import { EmptyState } from "../../feedback/empty-state.tsx";
import { useApp } from "../../state/app-store.ts";
import { browseList } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { Toolbar } from "../../workbench/toolbar/toolbar.tsx";
import { Workbench } from "../../workbench/workbench.tsx";
import classes from "./patches-screen.module.css";

const VIEWS = ["all", "unseen", "confirmed", "skipped", "flagged"] as const;
const ANY_CLASS = "any";
const SEARCH_DELAY_MS = 200;

/** All patches of the project, filtered; everything that the workbench can do works here too. */
export function PatchesScreen() {
  useEffect(() => {
    if (browseList.store.getState().total === null) void browseList.load(browseList.store.getState().filter);
  }, []);
  return (
    <Workbench
      list={browseList}
      toolbar={
        <Toolbar below={<Filters />}>
          <Total />
        </Toolbar>
      }
      empty={<EmptyState title={strings.patches.noneTitle}>{strings.patches.noneText}</EmptyState>}
    />
  );
}

function Total() {
  const total = useStore(browseList.store, (state) => state.total);
  return <span className={classes.total}>{total !== null && strings.patches.total(number(total))}</span>;
}

function Filters() {
  const filter = useStore(browseList.store, (state) => state.filter);
  const projectClasses = useApp((app) => app.project?.classes) ?? [];
  const [search, setSearch] = useState(filter.search ?? "");
  const searchSoon = useDebouncedCallback((text: string) => change({ search: text }), SEARCH_DELAY_MS);

  function change(changes: { view?: PatchFilter["view"]; classId?: number | null; search?: string }): void {
    const current = browseList.store.getState().filter;
    const classId = changes.classId === undefined ? (current.classId ?? null) : changes.classId;
    const text = changes.search ?? current.search ?? "";
    void browseList.load({
      view: changes.view ?? current.view,
      ...(classId === null ? {} : { classId }),
      ...(text === "" ? {} : { search: text }),
    });
  }

  return (
    <>
      <Select
        w={152}
        aria-label={strings.patches.view}
        data={VIEWS.map((view) => ({ value: view, label: strings.patches.views[view] }))}
        value={filter.view}
        onChange={(view) => view && change({ view })}
      />
      <Select
        w={184}
        aria-label={strings.patches.ofClass}
        data={[
          { value: ANY_CLASS, label: strings.patches.anyClass },
          ...projectClasses.map((entry) => ({ value: String(entry.id), label: entry.name })),
        ]}
        value={filter.classId === undefined ? ANY_CLASS : String(filter.classId)}
        searchable={projectClasses.length > 10}
        onChange={(value) =>
          change({ classId: value === ANY_CLASS || value === null ? null : Number(value) })
        }
      />
      <TextInput
        className={classes.search ?? ""}
        aria-label={strings.patches.search}
        placeholder={strings.patches.search}
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          searchSoon(event.currentTarget.value.trim());
        }}
      />
    </>
  );
}
