// Plots: drawn by Vega when they come into view, so that the tables never wait for them.

class Plots {
  constructor(specs, choose) {
    Object.assign(this, { specs, choose });
    this.widths = new Map();
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    const seen = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) this.draw(entry.target);
    }, { rootMargin: "200px" });
    const hosts = [...document.querySelectorAll("[data-plot]")];
    for (const host of hosts) seen.observe(host);
    this.dark.addEventListener("change", () => this.again(hosts, () => true));
    let timer;
    addEventListener("resize", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.again(hosts, host => Math.abs(this.widths.get(host) - host.clientWidth) > 8), 200);
    });
  }

  again(hosts, isDue) {
    for (const host of hosts) {
      if (this.widths.has(host) && isDue(host)) { this.widths.delete(host); this.draw(host); }
    }
  }

  /** Start Vega, once. */
  vega() {
    this.started ??= unpack(document.getElementById("packed-vega")).then(text => {
      const script = document.createElement("script");
      script.textContent = text;
      document.head.append(script);
    });
    return this.started;
  }

  async draw(host) {
    if (this.widths.has(host)) return;
    this.widths.set(host, host.clientWidth);
    await this.vega();
    const spec = this.sized(this.specs[host.dataset.plot], host.clientWidth);
    const label = document.getElementById(host.dataset.label).textContent;
    const { view } = await vegaEmbed(host, spec, {
      ast: true, actions: false, renderer: "svg", config: this.config(host.clientWidth), tooltip: { theme: this.dark.matches ? "dark" : "light" },
    });
    // To a screen reader a plot is one picture; the table under it tells the same by rows.
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", label);
    host.querySelector("svg").setAttribute("aria-hidden", "true");
    view.addEventListener("click", (event, item) => {
      const told = item?.datum;
      if (told?.origin && told?.destination) this.choose(told.origin, told.destination);
    });
    host.dataset.drawn = "true";
  }

  /** Return a specification as wide as its place, in the colours of light or dark. */
  sized(spec, width) {
    const room = Math.max(160, width - (spec.$schema ? 10 : 64));
    const places = { $width: room, $ink: this.dark.matches ? "#e6e9ec" : "#1c2024", $ground: this.dark.matches ? "#15191d" : "#ffffff" };
    const fill = value => {
      if (Object.hasOwn(places, value)) return places[value];
      if (Array.isArray(value)) return value.map(fill);
      if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v)]));
      return value;
    };
    return fill(spec);
  }

  config(width) {
    const ink = this.dark.matches ? "#e6e9ec" : "#1c2024";
    const line = this.dark.matches ? "#3a424b" : "#d5dae0";
    const axis = { labelColor: ink, titleColor: ink, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 11, titleFontWeight: "normal" };
    return {
      aria: false, background: "transparent", font: "system-ui, sans-serif", axis,
      legend: { columns: width < 450 ? 2 : 0, labelColor: ink, titleColor: ink, labelFontSize: 12 },
      title: { color: ink }, text: { fill: ink, color: ink }, view: { stroke: null },
      style: { "guide-label": { fill: ink }, "guide-title": { fill: ink } },
    };
  }
}
