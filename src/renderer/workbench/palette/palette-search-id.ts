export const PALETTE_SEARCH_ID = "palette-search";
