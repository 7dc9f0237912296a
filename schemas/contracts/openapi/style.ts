/** The page's look: readable on paper, on a narrow screen and in the dark. */
export const style = `
:root { --ink: #1c2430; --soft: #5b6675; --line: #d9dfe6; --ground: #fff; --tint: #f5f7fa; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa5b3; --line: #333c48; --ground: #14181e; --tint: #1b2129; --mark: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); font: 15px/1.55 system-ui, "Noto Sans CJK SC", sans-serif; color: var(--ink); background: var(--ground); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.2rem; background: var(--tint); border-right: 1px solid var(--line); font-size: 13px; }
nav .home { font-weight: 700; font-size: 15px; } nav h2 { font-size: 12px; text-transform: uppercase; letter-spacing: .06em; color: var(--soft); margin: 1.2rem 0 .3rem; }
nav ul { list-style: none; margin: 0; padding: 0; } nav li { margin: .15rem 0; } nav a { color: inherit; text-decoration: none; } nav a:hover { color: var(--mark); }
main { padding: 1.5rem 2.5rem 4rem; max-width: 62rem; } h1 { margin-top: 0; } main > h2 { margin-top: 3rem; border-bottom: 2px solid var(--line); padding-bottom: .3rem; }
section { padding: 1.2rem 0; border-bottom: 1px solid var(--line); } h3 { margin: 0; font-size: 1.05rem; } .summary { font-weight: 600; margin: .4rem 0; } .roles { color: var(--soft); }
.method { display: inline-block; min-width: 2.9rem; font: 700 11px/1.7 ui-monospace, monospace; text-align: center; border-radius: 4px; padding: 0 .3rem; color: #fff; background: #54708f; }
.PUT { background: #9a6700; } .POST { background: #1a7f4b; }
table { border-collapse: collapse; width: 100%; font-size: 13px; margin: .5rem 0; } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; } td > code { white-space: nowrap; } td i { color: var(--soft); font-size: 12px; } code, pre { font-family: ui-monospace, monospace; font-size: .92em; }
pre { background: var(--tint); padding: .8rem; overflow: auto; border-radius: 6px; } summary { cursor: pointer; color: var(--mark); margin: .4rem 0; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; } main { padding: 1rem; } }
@media print { nav { display: none; } body { display: block; } section { break-inside: avoid-page; } }
`;
