// A table that sorts, filters, searches, shows a page of rows at a time, and opens its rows.

const ROWS = 25;
let tableNumber = 0;

class Table {
  /**
   * columns: {title, text(row), cell(row)?, sort(row)?, css?}; filters: {name, title, kind, test(row, value), options?};
   * open(row): a promise of an element, or null where rows do not open.
   */
  constructor(host, { label, rows, columns, filters = [], open = null, noun }) {
    Object.assign(this, { host, label, rows, columns, filters, open, noun });
    this.id = `table-${tableNumber++}`;
    this.words = new Map();
    this.shown = rows;
    this.start = 0;
    this.order = null;
    this.build();
    this.apply();
  }

  build() {
    this.form = el("form", { class: "filters", role: "search", "aria-label": `Filter: ${this.label}`, onsubmit: event => event.preventDefault() },
      this.control({ name: "words", title: "Search", kind: "search" }),
      ...this.filters.map(filter => this.control(filter)),
      el("button", { type: "reset" }, "Clear"));
    this.form.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.apply(), 120); });
    this.form.addEventListener("reset", () => setTimeout(() => this.apply()));
    this.heads = this.columns.map((column, n) => el("th", { scope: "col", role: "columnheader", class: column.css === "number" ? "number" : null },
      el("button", { type: "button", onclick: () => this.sortBy(n) }, column.title)));
    this.body = el("tbody", { role: "rowgroup" });
    const table = el("table", { class: "cards", role: "table", "aria-label": this.label },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...this.heads)), this.body);
    this.status = el("span", { role: "status" });
    this.before = el("button", { type: "button", onclick: () => this.turn(-ROWS) }, "Previous");
    this.after = el("button", { type: "button", onclick: () => this.turn(ROWS) }, "Next");
    this.host.replaceChildren(this.form, el("div", { class: "scroll" }, table),
      el("div", { class: "pager" }, this.before, this.after, this.status));
  }

  control({ name, title, kind, options }) {
    if (kind === "select") {
      return el("label", {}, title, el("select", { name }, el("option", { value: "" }, "any"),
        ...options.map(([value, text]) => el("option", { value }, text))));
    }
    return el("label", {}, title, el("input", { type: kind, name, min: kind === "number" ? 0 : null }));
  }

  /** Return what is asked for: the controls that are filled in. */
  get wanted() {
    return Object.fromEntries([...new FormData(this.form)].filter(([, value]) => value !== ""));
  }

  /** Ask for other rows; what is not named is cleared. */
  ask(values) {
    this.form.reset();
    for (const [name, value] of Object.entries(values)) this.form.elements[name].value = value;
    this.apply();
    this.host.scrollIntoView();
  }

  apply() {
    const wanted = this.wanted;
    const words = fold(wanted.words ?? "").split(/\s+/).filter(Boolean);
    const filters = this.filters.filter(filter => filter.name in wanted);
    const fits = row => filters.every(filter => filter.test(row, wanted[filter.name]))
      && (!words.length || words.every(word => this.textOf(row).includes(word)));
    this.shown = filters.length || words.length ? this.rows.filter(fits) : [...this.rows];
    if (this.order) this.shown.sort(this.order);
    this.start = 0;
    this.draw();
  }

  textOf(row) {
    let text = this.words.get(row);
    if (text === undefined) {
      text = fold(this.columns.map(column => column.text(row)).join(" ") + " " + (row.id ?? ""));
      this.words.set(row, text);
    }
    return text;
  }

  sortBy(n) {
    const head = this.heads[n];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of this.heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const { sort, text } = this.columns[n];
    const key = sort ?? text;
    const keys = new Map(this.rows.map(row => [row, key(row)]));
    const { compare } = new Intl.Collator("en", { numeric: true });
    const turn = down ? -1 : 1;
    this.order = (first, second) => {
      const [a, b] = [keys.get(first), keys.get(second)];
      if (a === b) return 0;
      // What is not told comes last, whichever way.
      if (a === "" || a === null) return 1;
      if (b === "" || b === null) return -1;
      return turn * (typeof a === "number" ? a - b : compare(a, b));
    };
    this.apply();
  }

  turn(by) {
    this.start = Math.max(0, this.start + by);
    this.draw();
    this.host.scrollIntoView();
  }

  draw() {
    const rows = this.shown.slice(this.start, this.start + ROWS);
    this.body.replaceChildren(...rows.map((row, n) => this.row(row, n)));
    this.before.disabled = this.start === 0;
    this.after.disabled = this.start + ROWS >= this.shown.length;
    const of = this.shown.length < this.rows.length ? ` (of ${count(this.rows.length)})` : "";
    const span = this.shown.length > ROWS ? `${count(this.start + 1)}–${count(this.start + rows.length)} of ` : "";
    this.status.textContent = `${span}${plural(this.shown.length, this.noun)}${of}`;
  }

  row(row, n) {
    const cells = this.columns.map((column, at) => {
      const inner = column.cell ? column.cell(row) : column.text(row);
      const content = at === 0 && this.open ? this.opener(row, n, inner) : inner;
      return el("td", { role: "cell", class: column.css, "data-title": column.title }, content);
    });
    const made = el("tr", { role: "row", class: this.open ? "openable" : null, "data-id": row.id }, ...cells);
    if (this.open) {
      made.addEventListener("click", event => {
        if (!event.target.closest("button, a") && !String(getSelection())) this.toggle(made, row);
      });
    }
    return made;
  }

  opener(row, n, inner) {
    return el("button", {
      type: "button", class: "open", "aria-expanded": "false", "aria-controls": `${this.id}-detail-${n}`,
      onclick: event => this.toggle(event.currentTarget.closest("tr"), row),
    }, inner || "—");
  }

  async toggle(line, row) {
    const button = line.querySelector(".open");
    if (button.getAttribute("aria-expanded") === "true") {
      button.setAttribute("aria-expanded", "false");
      line.nextElementSibling.remove();
      return;
    }
    button.setAttribute("aria-expanded", "true");
    const cell = el("td", { role: "cell", colspan: this.columns.length });
    line.after(el("tr", { role: "row", class: "detail", id: button.getAttribute("aria-controls") }, cell));
    cell.append(await this.open(row));
    reveal(cell);
  }

  /** Show and open one row, wherever it is. */
  async goTo(id) {
    const row = this.rows.find(each => each.id === id);
    if (!row) return false;
    if (!this.shown.includes(row)) { this.form.reset(); this.apply(); }
    this.start = Math.floor(this.shown.indexOf(row) / ROWS) * ROWS;
    this.draw();
    const line = [...this.body.rows].find(each => each.dataset.id === id);
    await this.toggle(line, row);
    line.scrollIntoView();
    line.querySelector(".open").focus({ preventScroll: true });
    return true;
  }
}

/** Scroll an article's box, and nothing else, to the sentence in question. */
function reveal(inside) {
  const sentence = inside.querySelector(".text .current");
  const box = sentence?.closest(".text");
  if (box) box.scrollTop = Math.max(0, sentence.offsetTop - box.clientHeight / 4);
}
