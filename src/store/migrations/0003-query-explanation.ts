import type { Migration } from "./migrate.ts";

/** The facts behind each queried patch, for the card that explains it; NULL for patches of earlier queries. */
export const queryExplanation: Migration = {
  version: 3,
  name: "query explanation",
  up(database) {
    database.exec("ALTER TABLE query_item ADD COLUMN explanation TEXT CHECK (json_valid(explanation))");
  },
};
