// Articles with their records in place: entities and dates as displaCy shows them, sentences that
// prove a visit or an upgrade underlined, those of the open record on a ground of their own.

class Articles {
  constructor(data) {
    this.data = data;
    this.chunks = [...document.querySelectorAll("script[data-chunk]")];
    this.opened = new Map();
    this.starts = null;
  }

  /** Return the text pieces and marks of an article by its number. */
  async text(number) {
    for (let at = 0; at < this.chunks.length; at++) {
      const chunk = await this.chunk(await this.chunkOf(number, at));
      const found = chunk.get(number);
      if (found) return found;
    }
    return { pieces: [], marks: [] };
  }

  /** Return which chunk to look in: they are in order and of about one size, so guess first. */
  async chunkOf(number, attempt) {
    const guess = Math.floor(number * this.chunks.length / this.data.articles.length);
    const order = [guess, guess - 1, guess + 1, ...this.chunks.keys()]
      .filter(at => at >= 0 && at < this.chunks.length);
    return [...new Set(order)][attempt];
  }

  chunk(at) {
    if (!this.opened.has(at)) {
      this.opened.set(at, unpack(this.chunks[at]).then(text => new Map(
        JSON.parse(text).map(([number, pieces, marks]) => [number, { pieces, marks }]))));
    }
    return this.opened.get(at);
  }

  /** Return the sentences of an article that prove records: [start, end, kind, record]. */
  sentences(number) {
    if (!this.starts) {
      this.starts = new Map();
      for (const kind of ["visit", "upgrade"]) {
        for (const record of this.data[`${kind}s`]) {
          for (const [article, start, end] of record.evidence) {
            if (!this.starts.has(article)) this.starts.set(article, []);
            this.starts.get(article).push([start, end, kind, record]);
          }
        }
      }
    }
    return this.starts.get(number) ?? [];
  }

  /** Return an element that shows an article; `proof` is [article, start, end, rule, …]. */
  async show(proof, owner) {
    const [number, start, end] = proof;
    if (number < 0) return this.alone(proof);
    const head = this.data.articles[number];
    const { pieces, marks } = await this.text(number);
    const title = head.title || head.path;
    const heading = head.link
      ? el("a", { href: head.link, rel: "noreferrer noopener", target: "_blank" }, title)
      : title;
    const where = [head.published, head.source, head.path].filter(Boolean).join(" · ");
    const body = el("div", { class: "text", tabindex: 0, role: "region", "aria-label": `Article: ${title}` });
    pieces.forEach(([from, text], n) => {
      if (n || from) body.append(el("p", { class: "soft" }, "[…]"));
      body.append(...this.marked(from, text, marks, number, [start, end], owner));
    });
    return el("div", { class: "article" },
      el("header", {}, el("b", {}, heading), el("br"), el("small", { class: "soft" }, where), this.legend()),
      body);
  }

  /** Show a sentence whose article is not on the page. */
  alone([, , , , , sentence, id]) {
    return el("div", { class: "article" },
      el("header", {}, el("small", { class: "soft" }, `${id} is not on this page; communique serve shows it`)),
      el("div", { class: "text" }, el("span", { class: "told current" }, sentence)));
  }

  legend() {
    const labels = this.data.labels.map(label => el("span", {}, el("mark", { class: `entity ${label}` }, label.toLowerCase())));
    return el("div", { class: "legend" }, ...labels,
      el("span", { class: "told visit" }, "visit"), el("span", { class: "told upgrade" }, "upgrade"));
  }

  /** Cut a piece of text at its marks and sentences, and wrap each part as what it is. */
  marked(from, text, marks, number, [start, end], owner) {
    const until = from + text.length;
    const told = this.sentences(number).filter(([a, b]) => a < until && b > from);
    const cuts = new Set([from, until, start, end]);
    for (const [a, b] of [...marks, ...told]) { cuts.add(a); cuts.add(b); }
    const places = [...cuts].filter(at => at >= from && at <= until).sort((a, b) => a - b);
    const made = [];
    let next = 0;
    for (let n = 0; n + 1 < places.length; n++) {
      const [a, b] = [places[n], places[n + 1]];
      while (next < marks.length && marks[next][1] <= a) next++;
      const mark = next < marks.length && marks[next][0] <= a ? marks[next] : null;
      let part = text.slice(a - from, b - from);
      if (mark) part = this.entity(part, mark, b === mark[1]);
      const here = told.filter(([s, e]) => s <= a && b <= e);
      const current = start <= a && b <= end && start < end;
      if (here.length || current) part = this.sentence(part, here, current, current && a === start, owner);
      made.push(part);
    }
    return made;
  }

  entity(text, [, , label, note], isLast) {
    const name = this.data.labels[label];
    return el("mark", { class: `entity ${name}`, title: note || null }, text,
      isLast ? el("span", { class: "label" }, note && name !== "DATE" ? ` ${name} ${note}` : ` ${name}`) : null);
  }

  sentence(part, told, current, isFirst, owner) {
    const kinds = [...new Set(told.map(([, , kind]) => kind))];
    if (!kinds.length && owner) kinds.push(owner);
    const ids = told.map(([, , , record]) => record.id).join(", ");
    return el("span", { class: ["told", ...kinds, current ? "current" : ""].join(" "), title: ids || null },
      isFirst ? el("span", { class: "sr" }, "Evidence: ") : null, part);
  }
}
