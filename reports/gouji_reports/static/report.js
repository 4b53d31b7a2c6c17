"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const sections = all(".doc");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "instant" : "smooth";
  root.classList.add("on");

  const currentSection = () => {
    const chosen = document.querySelector(".card.sel");
    if (chosen) return chosen.closest(".doc");
    const middle = innerHeight / 2;
    return sections.find((s) => s.getBoundingClientRect().bottom > middle) || sections[0];
  };
  const panelOf = (section) => section.querySelector(`[data-panel="${section.dataset.tab}"]`);

  function openTab(section, tab) {
    section.dataset.tab = tab;
    for (const link of all(".tabs a", section)) {
      const on = link.dataset.tab === tab;
      link.setAttribute("aria-selected", String(on));
      link.tabIndex = on ? 0 : -1;
    }
    for (const panel of all(".panel", section)) panel.hidden = panel.dataset.panel !== tab;
  }

  // Items of a panel are shown when no filter of theirs is off and the words searched for occur in them.
  function filter(panel) {
    const off = { sev: new Set(), v: new Set() };
    for (const chip of all('.chip[aria-pressed="false"]', panel)) off[chip.dataset.filter].add(chip.dataset.value);
    const words = (panel.querySelector("[data-search]")?.value || "").trim().toLowerCase();
    const kind = panel.querySelector("[data-kind]")?.value || "";
    const items = all("[data-item]", panel);
    let shown = 0;
    for (const item of items) {
      const { sev, v, k } = item.dataset;
      const hit = !off.sev.has(sev) && !off.v.has(v) && (!kind || k === kind) && (!words || item.textContent.toLowerCase().includes(words));
      item.classList.toggle("off", !hit);
      shown += hit;
    }
    for (const fold of all(".fold", panel)) {
      const left = all(".card:not(.off)", fold).length;
      fold.parentElement.classList.toggle("off", !left);
      if (words && left) fold.open = true;
    }
    const output = panel.querySelector("[data-shown]");
    if (output) output.textContent = shown === items.length ? "" : `${shown} / ${items.length}`;
  }
  function toggle(chip) {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") === "false"));
    filter(chip.closest(".panel"));
  }

  function flash(elements) {
    for (const element of elements) {
      element.classList.remove("flash");
      void element.offsetWidth;
      element.classList.add("flash");
    }
  }
  // What was never on the screen has a height by estimate: once the way there is laid out, the place is looked at again.
  let settling = 0;
  function show(element, block, how = behavior) {
    element.scrollIntoView({ behavior: how, block });
    clearTimeout(settling);
    settling = setTimeout(() => {
      const box = element.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) element.scrollIntoView({ behavior: "instant", block });
      const card = document.querySelector(".card.sel");
      if (card) tie(card);
    }, how === "smooth" ? 700 : 60);
  }
  // Scrolls the list of cards alone where it scrolls by itself; scrollIntoView would move the text with it.
  const stacked = (side) => getComputedStyle(side).position !== "sticky";
  function reveal(card) {
    const side = card.closest(".side");
    if (stacked(side)) return show(card, "nearest");
    const head = side.querySelector(".tabs").offsetHeight + 12;
    const top = card.offsetTop - head;
    const bottom = card.offsetTop + card.offsetHeight + 12;
    if (top < side.scrollTop) side.scrollTo({ top, behavior });
    else if (bottom > side.scrollTop + side.clientHeight) side.scrollTo({ top: Math.min(top, bottom - side.clientHeight), behavior });
  }
  const marksOf = (card) => all(`mark[data-f~="${card.dataset.card}"]`, card.closest(".doc"));

  // Lines from the faulty words to every figure that they are recomputed from, over the text of the document.
  function untie() { for (const old of all(".lines")) old.remove(); }
  function tie(card) {
    untie();
    const marks = marksOf(card);
    const sheet = card.closest(".doc").querySelector(".sheet");
    const first = marks.find((mark) => (mark.dataset.n || "").split(" ").includes(card.dataset.card)) || marks.find((mark) => mark.classList.contains("p"));
    if (!first || marks.length < 2) return;
    const make = (tag, attributes) => {
      const element = document.createElementNS(document.querySelector("svg").namespaceURI, tag);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const origin = sheet.getBoundingClientRect();
    const point = (mark) => {
      const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
      return [box.left + box.width / 2 - origin.left - sheet.clientLeft, box.top - origin.top - sheet.clientTop, box.height];
    };
    const svg = make("svg", { class: "lines", "aria-hidden": "true", focusable: "false" });
    const [x0, y0, height] = point(first);
    for (const mark of marks) {
      if (mark === first) continue;
      const [x, y, own] = point(mark);
      const level = Math.abs(y - y0) < height;
      const from = level || y < y0 ? y0 : y0 + height;
      const to = level || y > y0 ? y : y + own;
      const lift = level ? Math.min(26, 10 + Math.abs(x - x0) / 14) : 0;
      const bend = level ? -lift : (to - from) / 2;
      svg.append(make("path", { d: `M${x0} ${from}C${x0} ${from + bend} ${x} ${level ? to - lift : to - bend} ${x} ${to}` }), make("circle", { cx: x, cy: to, r: 2.6 }));
    }
    sheet.append(svg);
  }

  function select(card, { toText = true, toCard = true } = {}) {
    const section = card.closest(".doc");
    if (card.classList.contains("off")) {
      for (const chip of all('.panel[data-panel="findings"] .chip', section)) chip.setAttribute("aria-pressed", "true");
      const input = section.querySelector('[data-panel="findings"] [data-search]');
      if (input) input.value = "";
      filter(section.querySelector('[data-panel="findings"]'));
    }
    const fold = card.closest(".fold");
    if (fold) fold.open = true;
    for (const old of all(".sel")) old.classList.remove("sel");
    for (const old of all(".card[aria-current]")) old.removeAttribute("aria-current");
    openTab(section, "findings");
    card.classList.add("sel");
    card.setAttribute("aria-current", "true");
    const marks = marksOf(card);
    for (const mark of marks) mark.classList.add("sel");
    tie(card);
    history.replaceState(null, "", `#${card.id}`);
    if (toCard) reveal(card);
    if (!toText) return;
    const first = card.querySelector("[data-first]");
    const target = first && document.getElementById(first.hash.slice(1));
    if (target) show(target, "center");
    flash(marks);
  }
  function goTo(hash) {
    const target = document.getElementById(hash.slice(1));
    if (!target) return;
    if (target.matches(".card")) select(target);
    else if (target.matches(".panel")) { openTab(target.closest(".doc"), target.dataset.panel); show(target.closest(".side"), "nearest"); }
    else { show(target, target.matches(".doc") ? "start" : "center"); flash([target]); }
  }
  function step(by) {
    const section = currentSection();
    if (!section) return;
    openTab(section, "findings");
    const cards = all(".card:not(.off)", section);
    const at = cards.findIndex((card) => card.classList.contains("sel"));
    const next = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by];
    if (next) { select(next, { toText: !stacked(next.closest(".side")) }); next.focus({ preventScroll: true }); }
  }

  for (const section of sections) {
    section.querySelector(".tabs").setAttribute("role", "tablist");
    for (const link of all(".tabs a", section)) {
      link.setAttribute("role", "tab");
      link.setAttribute("aria-controls", link.hash.slice(1));
    }
    for (const panel of all(".panel", section)) panel.setAttribute("role", "tabpanel");
    openTab(section, "findings");
    section.querySelector(".tabs").addEventListener("keydown", (event) => {
      const links = all(".tabs a", section);
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const link = links[(links.findIndex((l) => l.dataset.tab === section.dataset.tab) + by + links.length) % links.length];
      openTab(section, link.dataset.tab);
      link.focus();
    });
  }

  document.addEventListener("click", (event) => {
    const help = document.getElementById("help");
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-help]")) return help.showModal();
    const chip = hit(".chip");
    if (chip) return toggle(chip);
    const link = hit('a[href^="#"]');
    if (link) {
      event.preventDefault();
      const hash = link.getAttribute("href"); // a link of a drawing has no other
      const card = link.closest(".card");
      if (link.matches(".tabs a")) return openTab(link.closest(".doc"), link.dataset.tab);
      if (link.matches(".m")) return select(document.getElementById(hash.slice(1)), { toText: false });
      if (card) select(card, { toText: false, toCard: false });
      return goTo(hash);
    }
    const card = hit(".card");
    if (card && getSelection().isCollapsed) select(card, { toCard: false });
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-search], [data-kind]")) filter(event.target.closest(".panel"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const section = currentSection();
    const severity = { e: "error", w: "warning", n: "notice" }[event.key];
    const tab = { 1: "findings", 2: "ledger", 3: "untied", 4: "missed" }[event.key];
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (severity) { const chip = section?.querySelector(`.chip[data-value="${severity}"]`); if (chip) toggle(chip); }
    else if (tab && section) openTab(section, tab);
    else if (event.key === "?") document.getElementById("help").showModal();
    else if (event.key === "/") { const input = section && panelOf(section).querySelector("[data-search]"); if (!input) return; event.preventDefault(); input.focus(); }
    else if (event.key === "Enter" && event.target.matches(".card")) select(event.target);
  });

  for (const table of all("table.sortable")) {
    const heads = all("th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[column].dataset.v;
        const compare = head.dataset.sort === "number" ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), "zh");
        const rows = all("tbody tr", table).sort(compare);
        table.tBodies[0].append(...(down ? rows.reverse() : rows));
      });
    });
  }
  for (const table of all("table.ledger")) {
    const heads = all("th", table);
    const bodies = [...table.tBodies];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        for (const other of heads) other.removeAttribute("aria-sort");
        const next = now === "ascending" ? "descending" : now === "descending" ? "" : "ascending";
        const words = (body) => body.rows[0].cells[column].textContent.trim();
        const number = (body) => parseFloat(words(body).replace(/[,，]/g, ""));
        const compare = (a, b) => {
          const [x, y] = [number(a), number(b)];
          if (column > 1 && !(Number.isNaN(x) && Number.isNaN(y))) return Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y;
          return words(a).localeCompare(words(b), "zh");
        };
        const sorted = next ? [...bodies].sort(compare) : bodies;
        if (next) head.setAttribute("aria-sort", next);
        table.append(...(next === "descending" ? sorted.reverse() : sorted));
      });
    });
  }
  let wait = 0;
  addEventListener("resize", () => {
    clearTimeout(wait);
    wait = setTimeout(() => { const card = document.querySelector(".card.sel"); if (card) tie(card); }, 120);
  });
  addEventListener("hashchange", () => goTo(location.hash));
  if (location.hash) addEventListener("load", () => requestAnimationFrame(() => goTo(location.hash)));
  addEventListener("beforeprint", () => { for (const fold of all(".fold")) fold.open = true; });
})();
