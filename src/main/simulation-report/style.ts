/** Of the report's page, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fbfbfa; --ink: #24272b; --soft: #6a7078; --rule: #dfe1e4;
  --c0: #2f6fc4; --c1: #d1721c; --c2: #24875a; --c3: #b8434b; --c4: #7d58b8; --c5: #1d8a94; --c6: #96802a; --c7: #b84f86; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191c; --ink: #e3e5e8; --soft: #9aa1a9; --rule: #33373c;
  --c0: #6ba3ea; --c1: #eb9a55; --c2: #58bd8c; --c3: #e77e84; --c4: #ae8ee4; --c5: #55bfc8; --c6: #c9b354; --c7: #e487b6; } }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 880px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 40px 0 8px; } h3 { font-size: 15px; margin: 20px 0 6px; }
p, figcaption, summary { color: var(--soft); margin: 0 0 12px; } figure { margin: 0; } details { margin: 8px 0; }
svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 12px; } .grid { stroke: var(--rule); }
.zero { stroke: var(--soft); } svg g { color: var(--series); }
polyline { fill: none; stroke: var(--series); stroke-width: 2; }
polygon { fill: var(--series); opacity: 0.14; } circle { fill: var(--series); stroke: none; }
.gains .mean { fill: var(--c0); } .gains .one { fill: var(--soft); opacity: 0.6; }
.gains .bar { stroke: var(--c0); stroke-width: 2; }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 8px; padding: 0; list-style: none; }
.key svg { width: 24px; height: 6px; margin-right: 8px; vertical-align: middle; }
.multiples { display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 8px 24px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { padding: 5px 12px; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { font-weight: 600; } td small { color: var(--soft); }
`;
