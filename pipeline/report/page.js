// The page: unpack the records, build a table each, draw the plots when they are seen.

const STATUSES = ["completed", "ongoing", "planned", "invited", "postponed", "cancelled", "proposed"];
/** Fields that hold ids of records which the page shows. */
const LINKED = { upgrades: true, return_of: true };
const titled = name => name[0].toUpperCase() + name.slice(1).replaceAll("_", " ");
const links = ids => ids.flatMap((id, n) => [n ? ", " : "", el("a", { href: `#${id}` }, id)]);
const has = (value, wanted) => (value ?? "") === wanted;
const options = values => [...new Set(values.filter(Boolean))].sort().map(value => [value, value]);

class Page {
  constructor(packed) {
    this.data = packed;
    for (const table of Object.keys(FIELDS)) this.data[table] = named(table, packed[table]);
    this.articles = new Articles(this.data);
    this.tables = {};
    this.build();
    this.plots = new Plots(packed.plots, (origin, destination) => this.tables.visits.ask({ from: origin, to: destination }));
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  build() {
    const makers = { years: this.years, pairs: this.pairs, visits: this.visits, upgrades: this.upgrades, conflicts: this.conflicts,
      persons: this.persons, articles: this.articleList, rejects: this.rejects };
    for (const host of document.querySelectorAll("[data-table]")) {
      const name = host.dataset.table;
      this.tables[name] = new Table(host, makers[name].call(this));
    }
  }

  /** Go to the record that the address names, as in `#visit-…`. */
  async follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    for (const table of ["visits", "upgrades", "persons", "articles"]) {
      if (id && await this.tables[table]?.goTo(id)) return;
    }
  }

  country(code) { return code ? this.data.countries[code] ?? code : ""; }

  countryOptions(codes) {
    return [...new Set(codes.filter(Boolean))].map(code => [code, this.country(code)]).sort((a, b) => a[1].localeCompare(b[1], "en"));
  }

  statusOptions(rows) {
    const there = new Set(rows.map(row => row.status));
    return STATUSES.filter(status => there.has(status)).map(status => [status, status]);
  }

  yearFilters(first, last) {
    return [
      { name: "since", title: "Since year", kind: "number", test: (row, year) => Number((last(row) ?? "0").slice(0, 4)) >= Number(year) },
      { name: "until", title: "Until year", kind: "number", test: (row, year) => Number((first(row) ?? "9999").slice(0, 4)) <= Number(year) },
    ];
  }

  visits() {
    const rows = this.data.visits;
    const start = row => row.start ?? row.end, end = row => row.end ?? row.start;
    const twoLines = (first, second) => second ? [first, el("br"), el("small", {}, second)] : first;
    return {
      label: "Visits", noun: "visit", rows,
      columns: [
        { title: "Visitor", text: row => `${row.name ?? ""} ${row.role ?? ""}`.trim(), cell: row => twoLines(row.name ?? row.role ?? "—", row.name ? row.role : null) },
        { title: "From", text: row => this.country(row.origin) },
        { title: "To", text: row => `${this.country(row.destination)} ${row.place ?? ""}`.trim(), cell: row => twoLines(this.country(row.destination) || row.place || "", row.destination ? row.place : null) },
        { title: "When", text: row => period(row.start, row.end), sort: row => start(row) ?? "", css: "whole" },
        { title: "Kind", text: row => row.kind ?? "" },
        { title: "Status", text: row => row.status + (row.first ? " first" : ""), cell: row => [statusCell(row.status), row.first ? " · first" : "", row.count === 1 ? "" : ` · ${row.count || "several"} visits`], css: "whole" },
        { title: "Confidence", text: row => row.confidence.toFixed(2), sort: row => row.confidence, css: "number" },
        { title: "Sentences", text: row => String(row.evidence.length + row.more), sort: row => row.evidence.length + row.more, css: "number" },
      ],
      filters: [
        { name: "from", title: "From", kind: "select", options: this.countryOptions(rows.map(row => row.origin)), test: (row, code) => has(row.origin, code) },
        { name: "to", title: "To", kind: "select", options: this.countryOptions(rows.map(row => row.destination)), test: (row, code) => has(row.destination, code) },
        { name: "status", title: "Status", kind: "select", options: this.statusOptions(rows), test: (row, status) => row.status === status },
        ...this.yearFilters(start, end),
      ],
      open: row => this.record(row, "visit", [
        ["Visitor", row.name], ["Office", row.role], ["From", this.country(row.origin)],
        ["To", [this.country(row.destination), row.place].filter(Boolean).join(", ")], ["Hosts", row.hosts.join("; ")],
        ["Start", row.start], ["End", row.end], ["Kind", row.kind], ["Status", row.status],
      ]),
    };
  }

  upgrades() {
    const rows = this.data.upgrades;
    const parties = row => row.parties.map(code => this.country(code)).join(" – ");
    const level = row => row.levelText || (row.level ?? "").replaceAll("_", " ");
    return {
      label: "Upgrades", noun: "upgrade", rows,
      columns: [
        { title: "Parties", text: parties },
        { title: "Change", text: row => row.change },
        { title: "Level", text: level },
        { title: "Before", text: row => (row.previous ?? "").replaceAll("_", " ") },
        { title: "Date", text: row => row.date ?? "", css: "whole" },
        { title: "Status", text: row => row.status, cell: row => statusCell(row.status), css: "whole" },
        { title: "Confidence", text: row => row.confidence.toFixed(2), sort: row => row.confidence, css: "number" },
        { title: "Sentences", text: row => String(row.evidence.length + row.more), sort: row => row.evidence.length + row.more, css: "number" },
      ],
      filters: [
        { name: "party", title: "Party", kind: "select", options: this.countryOptions(rows.flatMap(row => row.parties)), test: (row, code) => row.parties.includes(code) },
        { name: "change", title: "Change", kind: "select", options: options(rows.map(row => row.change)), test: (row, change) => row.change === change },
        { name: "status", title: "Status", kind: "select", options: this.statusOptions(rows), test: (row, status) => row.status === status },
        ...this.yearFilters(row => row.date, row => row.date),
      ],
      open: row => this.record(row, "upgrade", [
        ["Parties", parties(row)], ["Change", row.change], ["Level", level(row)], ["Before", row.previous],
        ["Date", row.date], ["Status", row.status],
        ["At", row.occasion ? el("a", { href: `#${row.occasion}` }, row.occasion) : null],
      ]),
    };
  }

  persons() {
    const rows = this.data.persons;
    return {
      label: "Persons", noun: "person", rows,
      columns: [
        { title: "Name", text: row => row.name },
        { title: "Country", text: row => this.country(row.country) },
        { title: "Offices", text: row => row.roles.join("; ") },
        { title: "Mentions", text: row => String(row.mentions), sort: row => row.mentions, css: "number" },
      ],
      filters: [{ name: "country", title: "Country", kind: "select", options: this.countryOptions(rows.map(row => row.country)), test: (row, code) => has(row.country, code) }],
      open: row => this.record({ ...row, more: Math.max(0, row.mentions - row.evidence.length), variants: [], rest: {} }, null,
        [["Name", row.name], ["Also", row.aliases.join("; ")], ["Country", this.country(row.country)], ["Offices", row.roles.join("; ")]]),
    };
  }

  articleList() {
    const rows = this.data.articles;
    return {
      label: "Articles", noun: "article", rows,
      columns: [
        { title: "Title", text: row => row.title || row.path },
        { title: "Published", text: row => row.published ?? "", css: "whole" },
        { title: "Source", text: row => row.source ?? "" },
        { title: "File", text: row => row.path, css: "long" },
        { title: "Characters", text: row => count(row.characters), sort: row => row.characters, css: "number" },
      ],
      open: row => this.articles.show([rows.indexOf(row), 0, 0, ""], null),
    };
  }

  years() {
    const columns = [["Visits made", "made"], ["Planned or invited", "planned"], ["Cancelled or postponed", "off"],
      ["Ties raised", "raised"], ["Opened or restored", "opened"], ["Lowered or cut", "lowered"]];
    return {
      label: "By year", noun: "year", rows: this.data.years,
      columns: [{ title: "Year", text: row => row.year, css: "whole" },
        ...columns.map(([title, field]) => ({ title, text: row => count(row[field]), sort: row => row[field], css: "number" }))],
    };
  }

  pairs() {
    const rows = this.data.pairs;
    return {
      label: "Who visited whom", noun: "pair", rows,
      columns: [
        { title: "From", text: row => this.country(row.origin) },
        { title: "To", text: row => this.country(row.destination) },
        ...[["Made", "made"], ["Planned or invited", "planned"], ["Cancelled or postponed", "off"]].map(([title, field]) => (
          { title, text: row => count(row[field]), sort: row => row[field], css: "number" })),
        { title: "Visits", text: () => "", cell: row => el("button", { type: "button", onclick: () => this.tables.visits.ask({ from: row.origin, to: row.destination }),
          "aria-label": `Show the visits from ${this.country(row.origin)} to ${this.country(row.destination)}` }, "show") },
      ],
    };
  }

  conflicts() {
    const records = new Map([...this.data.visits, ...this.data.upgrades].map(record => [record.id, record]));
    const label = ({ record }) => {
      const told = records.get(record);
      if (!told) return record;
      if (told.parties) return `${told.parties.map(code => this.country(code)).join(" – ")}, ${told.change}`;
      return `${told.name ?? told.role ?? "—"}, ${this.country(told.origin) || "?"} → ${this.country(told.destination) || told.place || "?"}`;
    };
    const fit = row => row.chosen ? "taken" : row.compatible ? "says less" : "contradicts";
    return {
      label: "Conflicts", noun: "row", rows: this.data.conflicts,
      columns: [
        { title: "Record", text: label, cell: row => el("a", { href: `#${row.record}` }, label(row)) },
        { title: "Field", text: row => titled(row.field) },
        { title: "Value", text: row => row.value },
        { title: "Against the record", text: fit },
        { title: "Told by", text: row => this.titles(row.articles) },
      ],
      filters: [
        { name: "field", title: "Field", kind: "select", options: options(this.data.conflicts.map(row => row.field)), test: (row, field) => row.field === field },
        { name: "fit", title: "Against the record", kind: "select", options: options(["taken", "says less", "contradicts"]), test: (row, value) => fit(row) === value },
      ],
    };
  }

  titles(articles) {
    return articles.map(n => this.data.articles[n]?.title || this.data.articles[n]?.path || "an article not on this page").join("; ");
  }

  rejects() {
    return { label: "Rejects", noun: "reject", rows: this.data.rejects, columns: [
      { title: "File", text: row => row.path, css: "long" }, { title: "Row", text: row => row.row === null ? "" : String(row.row), sort: row => row.row },
      { title: "Reason", text: row => row.reason }, { title: "Detail", text: row => row.detail, css: "long" },
    ] };
  }

  /** Return a record in full: its values and conflicts beside the article that proves it. */
  async record(row, kind, values) {
    const place = el("div", {});
    const buttons = row.evidence.map((proof, n) => el("button", { type: "button", onclick: async () => { await show(n); place.querySelector(".text").focus(); } }, this.source(proof)));
    const show = async n => {
      buttons.forEach((button, at) => button.setAttribute("aria-current", String(at === n)));
      place.replaceChildren(await this.articles.show(row.evidence[n], kind));
      reveal(place);
    };
    if (buttons.length) await show(0);
    return el("div", { class: "record" },
      el("div", {}, this.values([...values, ...this.rest(row)]), this.variants(row),
        el("h3", {}, kind ? "Sentences that prove it" : "Mentions"),
        el("ol", {}, ...buttons.map(button => el("li", {}, button))),
        row.more ? el("p", { class: "soft" }, `and ${count(row.more)} more in the JSON file`) : null),
      place);
  }

  source([number, , , rule, status, , id]) {
    const head = this.data.articles[number];
    const title = head ? head.title || head.path : id;
    return [title, head?.published, status, rule ? `rule ${rule}` : null].filter(Boolean).join(" · ");
  }

  rest(row) {
    const told = value => Array.isArray(value) ? value.map(told).join("; ") : typeof value === "object" ? Object.entries(value).map(([k, v]) => `${k} ${told(v)}`).join(", ") : String(value);
    return [
      ...Object.entries(row.rest).map(([name, value]) => [titled(name), name in LINKED ? links([value].flat()) : told(value)]),
      ["Confidence", row.confidence?.toFixed(2)], ["Id", row.id],
    ];
  }

  values(pairs) {
    return el("dl", {}, ...pairs.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  }

  /** Return what sources disagree on; of each field the first value is the record's. */
  variants({ variants }) {
    if (!variants.length) return null;
    const seen = new Set();
    const rows = variants.map(([field, value, articles]) => {
      const chosen = !seen.has(field);
      seen.add(field);
      return el("tr", {}, el("td", {}, field.replaceAll("_", " ")), el("td", {}, String(value), chosen ? el("span", { class: "soft" }, " (taken)") : null), el("td", {}, this.titles(articles)));
    });
    const heads = ["Field", "Value", "Told by"].map(title => el("th", { scope: "col" }, title));
    return el("table", { class: "conflicts" }, el("caption", {}, el("b", {}, "Sources disagree")), el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
  }
}

function fail(message) {
  const notice = document.getElementById("trouble");
  notice.textContent = message;
  notice.hidden = false;
}

(async () => {
  if (typeof DecompressionStream === "undefined") {
    fail("This page needs a browser of 2023 or later; the CSV files beside it hold the same records.");
    return;
  }
  try {
    const packed = JSON.parse(await unpack(document.getElementById("packed-records")));
    window.page = new Page(packed);
    performance.mark("ready");
    document.body.dataset.ready = "true";
  } catch (error) {
    fail(`This page could not be opened: ${error.message}`);
    throw error;
  }
})();
