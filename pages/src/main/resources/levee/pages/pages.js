"use strict";

// Keeps pages up to date. Everything on them is there without this, but for the drawings of traffic.

/** Makes a node equal to another one by changing only what differs, so that focus, selection and open details stay. */
function morph(from, to) {
  if (from.isEqualNode(to)) {
    return;
  }
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
    from.replaceWith(to.cloneNode(true));
    return;
  }
  if (from.nodeType === Node.TEXT_NODE) {
    from.data = to.data;
    return;
  }
  if (from.dataset && from.dataset.chart !== undefined) {
    return;
  }
  for (const {name} of [...from.attributes]) {
    if (!to.hasAttribute(name) && !(from.nodeName === "DETAILS" && name === "open")) {
      from.removeAttribute(name);
    }
  }
  for (const {name, value} of to.attributes) {
    if (from.getAttribute(name) !== value) {
      from.setAttribute(name, value);
    }
  }
  if (from.nodeName === "INPUT" || from.nodeName === "SELECT") {
    return;
  }
  morphChildren(from, to);
}

/** What tells a node from those beside it, wherever it moves to: a row is about what its first link leads to. */
function key(node) {
  if (node.nodeName === "TR") {
    return node.querySelector("th a")?.getAttribute("href") || "";
  }
  return node.id || "";
}

function morphChildren(from, to) {
  const wanted = new Set([...to.childNodes].map(key));
  const known = new Map();
  for (const node of [...from.childNodes]) {
    if (key(node) && !wanted.has(key(node))) {
      node.remove();
    } else if (key(node)) {
      known.set(key(node), node);
    }
  }
  let place = from.firstChild;
  for (const node of to.childNodes) {
    const same = key(node) ? known.get(key(node)) : place && !key(place) ? place : undefined;
    if (!same) {
      from.insertBefore(node.cloneNode(true), place);
      continue;
    }
    if (same === place) {
      place = place.nextSibling;
    } else {
      move(from, same, place);
    }
    morph(same, node);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function move(parent, node, before) {
  if (parent.moveBefore) {
    parent.moveBefore(node, before);
    return;
  }
  const focused = document.activeElement;
  parent.insertBefore(node, before);
  if (node.contains(focused)) {
    focused.focus({preventScroll: true});
  }
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

// --- Whether what is shown is up to date ------------------------------------------------------------------------------

function liveness(isLive, words) {
  const shown = document.getElementById("liveness");
  if (shown.textContent !== words) {
    shown.textContent = words;
    shown.classList.toggle("lost", !isLive);
  }
}

function clock() {
  return new Date().toISOString().slice(11, 19) + " UTC";
}

async function reload() {
  const response = await fetch(location.href, {headers: {Accept: "text/html"}});
  if (response.redirected || !response.ok) {
    throw new Error(String(response.status));
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  morph(document.getElementById("main"), page.getElementById("main"));
  morph(document.getElementById("made-at"), page.getElementById("made-at"));
}

/** One reload at a time, and at most one a second. */
let reloading = false;
let reloadWanted = false;
async function reloadSoon() {
  reloadWanted = true;
  if (reloading) {
    return;
  }
  reloading = true;
  while (reloadWanted) {
    reloadWanted = false;
    try {
      await reload();
      liveness(true, "live");
    } catch (e) {
      liveness(false, "not up to date since " + clock());
    }
    await new Promise(done => setTimeout(done, 1000));
  }
  reloading = false;
}

function events(path, handlers) {
  const source = new EventSource(path);
  source.addEventListener("open", () => liveness(true, "live"));
  source.addEventListener("error", () => {
    liveness(false, "not up to date since " + clock());
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(() => events(path, handlers), 5000);
    }
  });
  for (const [name, handler] of Object.entries(handlers)) {
    source.addEventListener(name, event => handler(JSON.parse(event.data)));
  }
}

// --- Drawings of traffic ----------------------------------------------------------------------------------------------

const PREFIXES = ["", "k", "M", "G", "T", "P"];

function rate(value, unit) {
  let prefix = 0;
  let scaled = value;
  while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
    scaled /= 1000;
    prefix++;
  }
  const digits = scaled < 99.95 ? String(Math.round(scaled * 10) / 10) : String(Math.round(scaled));
  return digits + " " + PREFIXES[prefix] + unit;
}

const UNITS = {bits: "bit/s", packets: "pps"};
const VECTOR_PREFIX = "attack.";

class Traffic {
  constructor(section) {
    this.section = section;
    this.range = section.dataset.range;
    this.unit = "bits";
    this.charts = [...section.querySelectorAll("[data-chart]")].map(element => new Chart(element));
    for (const button of section.querySelectorAll("[data-unit]")) {
      button.addEventListener("click", () => this.choose(button));
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw(true));
    new ResizeObserver(() => this.charts.forEach(chart => chart.fit())).observe(section);
    this.load();
    if (this.range !== "10m") {
      setInterval(() => this.load(), 30000);
    }
  }

  choose(chosen) {
    this.unit = chosen.dataset.unit;
    for (const button of this.section.querySelectorAll("[data-unit]")) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
    this.draw(true);
  }

  async load() {
    const response = await fetch(this.section.dataset.source + "?range=" + this.range);
    if (response.ok) {
      const table = await response.json();
      this.step = table.step;
      this.steps = table.steps;
      this.from = table.from;
      this.series = new Map(table.series.map(series => [series.name, series]));
      this.draw(true);
    }
  }

  /** The newest seconds, of which some are known already. */
  add(table) {
    if (this.range !== "10m" || !this.series) {
      return;
    }
    const shift = table.from + table.steps - (this.from + this.steps);
    if (shift < 0 || shift > table.steps) {
      this.load();
      return;
    }
    this.from += shift;
    const names = this.series.size;
    for (const series of table.series) {
      if (!this.series.has(series.name)) {
        const zeros = () => new Array(this.steps).fill(0);
        this.series.set(series.name, {name: series.name, packets: zeros(), bits: zeros()});
      }
    }
    const newest = new Map(table.series.map(series => [series.name, series]));
    for (const series of this.series.values()) {
      for (const unit of ["packets", "bits"]) {
        const values = series[unit];
        values.splice(0, shift);
        values.length = this.steps - table.steps;
        const added = newest.get(series.name);
        values.push(...(added ? added[unit] : new Array(table.steps).fill(0)));
      }
    }
    this.draw(names !== this.series.size);
  }

  /** Where something was first measured, so that what began just now is not drawn in a corner. */
  first() {
    const all = [...this.series.values()];
    let first = 0;
    while (first < this.steps - 60 && all.every(series => series.packets[first + 5] === 0)) {
      first++;
    }
    return first;
  }

  draw(isNew) {
    if (!this.series) {
      return;
    }
    const first = this.first();
    const times = Array.from({length: this.steps - first}, (_, i) => this.from + (first + i) * this.step);
    for (const chart of this.charts) {
      const isVectors = chart.element.dataset.chart === "vectors";
      const series = [...this.series.values()].filter(one => one.name.startsWith(VECTOR_PREFIX) === isVectors)
          .map(one => ({name: one.name, packets: one.packets.slice(first), bits: one.bits.slice(first)}));
      chart.draw(times, series, this.unit, isNew);
    }
  }
}

/** Areas upon each other. */
class Chart {
  constructor(element) {
    this.element = element;
    // A name keeps its colour for as long as the page is open.
    this.colours = new Map(["tcp", "udp", "icmp", "other"].map((name, i) => [name, i]));
  }

  draw(times, series, unit, isNew) {
    if (series.length === 0 || series.every(one => one[unit].every(value => value === 0))) {
      this.destroy();
      const isVectors = this.element.dataset.chart === "vectors";
      this.element.replaceChildren(
          Object.assign(document.createElement("p"), {
            className: "empty",
            textContent: isVectors ? "No attack in this time." : "No traffic in this time.",
          }));
      return;
    }
    // The largest lies at the bottom, and stays there until the chart is made anew.
    if (isNew || !this.plot || this.unit !== unit) {
      const sum = one => one[unit].reduce((total, value) => total + value, 0);
      this.order = [...series].sort((one, other) => sum(other) - sum(one)).map(one => one.name);
      this.order.forEach(name => this.colours.has(name) || this.colours.set(name, this.colours.size));
    }
    const byName = new Map(series.map(one => [one.name, one]));
    const ordered = this.order.map(name => byName.get(name)).filter(one => one);
    this.values = ordered.map(one => one[unit]);
    const stacked = [];
    let below = new Array(times.length).fill(0);
    for (const values of this.values) {
      below = below.map((value, i) => value + (values[i] || 0));
      stacked.push(below);
    }
    // Upper areas are painted first, so that lower ones cover them.
    const data = [times, ...stacked.reverse()];
    if (!isNew && this.plot && this.unit === unit && this.plot.series.length === data.length) {
      this.plot.setData(data);
      return;
    }
    this.unit = unit;
    this.destroy();
    this.element.replaceChildren();
    this.plot = new uPlot(this.options(ordered.map(one => one.name).reverse(), unit), data, this.element);
  }

  options(names, unit) {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const count = names.length;
    const isVectors = this.element.dataset.chart === "vectors";
    const axis = {
      stroke: colour("--quiet"),
      grid: {stroke: colour("--rule"), width: 1},
      ticks: {stroke: colour("--rule"), width: 1},
      font: "12px " + style.fontFamily,
    };
    const series = names.map((name, i) => {
      const place = count - 1 - i;
      const number = this.colours.get(name);
      const paint = colour(isVectors ? "--vector-" + ((number - 4) % 8 + 1) : "--protocol-" + (number % 4 + 1));
      return {
        label: isVectors ? name.slice(VECTOR_PREFIX.length).replaceAll("-", " ") : name,
        stroke: paint,
        fill: paint,
        width: 0,
        points: {show: false},
        paths: uPlot.paths.stepped({align: 1}),
        value: (plot, value, index) => {
          const at = plot.cursor.idx;
          const shown = at === null || at === undefined ? this.values[place].length - 1 : at;
          return rate(this.values[place][shown] || 0, UNITS[unit]);
        },
      };
    });
    return {
      width: Math.max(200, this.element.clientWidth),
      height: 230,
      padding: [8, 32, 0, 0],
      tzDate: time => uPlot.tzDate(new Date(time * 1e3), "Etc/UTC"),
      cursor: {y: false, points: {show: false}, drag: {x: false, y: false}},
      legend: {live: true},
      scales: {y: {range: (plot, min, max) => [0, max > 0 ? max * 1.08 : 1]}},
      axes: [
        {...axis, space: 80, values: [[86400, "{YYYY}-{MM}-{DD}"], [3600, "{HH}:{mm}"], [60, "{HH}:{mm}"], [1, "{HH}:{mm}:{ss}"]]
            .map(([step, format]) => [step, format, null, null, null, null, null, null, 1])},
        {...axis, size: 84, values: (plot, ticks) => ticks.map(tick => rate(tick, UNITS[unit]))},
      ],
      series: [
        {
          label: "UTC",
          value: (plot, time) => new Date((time || plot.data[0][plot.data[0].length - 1]) * 1e3).toISOString().slice(11, 19),
        },
        ...series,
      ],
    };
  }

  fit() {
    if (this.plot && this.element.clientWidth !== this.plot.width) {
      this.plot.setSize({width: Math.max(200, this.element.clientWidth), height: 230});
    }
  }

  destroy() {
    if (this.plot) {
      this.plot.destroy();
      this.plot = null;
    }
  }
}

// --- Start ------------------------------------------------------------------------------------------------------------

const {live, refresh, follow} = document.body.dataset;
const trafficSection = document.getElementById("traffic");
const traffic = trafficSection ? new Traffic(trafficSection) : null;
const plainTitle = document.title;

if (live) {
  events(live, {
    fragment: ({id, html}) => {
      const shown = document.getElementById(id);
      if (shown) {
        morph(shown, fragment(html));
      }
      if (id === "open-attacks") {
        const number = document.getElementById("open-attacks-heading").textContent.match(/^[0-9,]+/);
        document.title = (number ? "(" + number[0] + ") " : "") + plainTitle;
      }
      document.getElementById("made-at").textContent = new Date().toISOString().slice(0, 19).replace("T", " ") + " UTC";
    },
    points: table => traffic && traffic.add(table),
  });
}
if (follow) {
  const ours = finding => {
    if (finding.id === follow) {
      reloadSoon();
    }
  };
  events("/api/v1/events", {opened: ours, changed: ours, ended: ours, absorbed: ours, missed: reloadSoon});
}
if (refresh) {
  liveness(true, "live");
  setInterval(reloadSoon, Number(refresh) * 1000);
}
