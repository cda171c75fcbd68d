"use strict";
// Names for the controls of Datasette's pages that have none, and a way to scroll by keyboard.
document.documentElement.lang ||= "en";
const names = { "_filter_column": "Column", "_filter_op": "Comparison", "_filter_value": "Value", "_sort": "Sort by", "_sort_by_desc": "Descending" };
function name() {
  for (const control of document.querySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea")) {
    if (control.labels?.length || control.hasAttribute("aria-label")) continue;
    const known = Object.keys(names).find(start => control.name.startsWith(start));
    control.setAttribute("aria-label", known ? names[known] : control.name || "SQL");
  }
  for (const wide of document.querySelectorAll(".table-wrapper, .cm-scroller, pre.wrapped-sql")) {
    wide.tabIndex = 0;
    wide.setAttribute("role", "region");
    wide.setAttribute("aria-label", "Rows");
  }
}
name();
addEventListener("DOMContentLoaded", name);
addEventListener("load", () => { name(); new MutationObserver(name).observe(document.body, { childList: true, subtree: true }); });
