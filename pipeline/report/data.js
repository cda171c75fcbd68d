"use strict";
// What the page holds: packed as gzip and base64, opened in the browser, never sent for.

/** Return the text of a packed script element. */
async function unpack(element) {
  const packed = element.textContent.trim();
  const bytes = Uint8Array.fromBase64
    ? Uint8Array.fromBase64(packed)
    : Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Make an element; texts among its children stay texts, whatever they hold. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

const ACCENTS = /[\u0300-\u036f]/g;
/** Return a text without case and accents, for searching. */
const fold = text => text.normalize("NFD").replace(ACCENTS, "").toLowerCase();
const count = number => number.toLocaleString("en");
const plural = (number, word) => `${count(number)} ${word}${number === 1 ? "" : "s"}`;

/** Return a period in one cell. */
function period(start, end) {
  if (start === end) return start ?? "";
  return `${start ?? "…"} – ${end ?? "…"}`;
}

const GROUPS = {
  completed: "made", ongoing: "made", planned: "planned", invited: "planned", proposed: "planned",
  postponed: "off", cancelled: "off",
};
const statusCell = status => el("span", { class: `status ${GROUPS[status] ?? ""}` }, status);

/** Name the columns of packed rows. */
const FIELDS = {
  visits: ["id", "name", "role", "origin", "destination", "place", "hosts", "start", "end", "kind",
    "status", "first", "count", "confidence", "evidence", "more", "rest", "variants"],
  upgrades: ["id", "parties", "change", "level", "levelText", "previous", "date", "status",
    "occasion", "confidence", "evidence", "more", "rest", "variants"],
  persons: ["id", "name", "country", "roles", "aliases", "mentions", "evidence"],
  articles: ["id", "title", "published", "source", "path", "link", "characters"],
  pairs: ["origin", "destination", "made", "planned", "off"],
  years: ["year", "made", "planned", "off", "raised", "opened", "lowered"],
  conflicts: ["record", "field", "value", "chosen", "compatible", "articles"],
  rejects: ["path", "row", "reason", "detail"],
};
function named(table, rows) {
  const fields = FIELDS[table];
  return rows.map(row => Object.fromEntries(fields.map((field, n) => [field, row[n]])));
}
