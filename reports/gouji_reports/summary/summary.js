"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const body = document.querySelector("#documents tbody");
  const said = document.getElementById("said");
  const clear = document.getElementById("clear");
  const more = document.getElementById("more");
  const STEP = 200;
  let shown = [];
  let drawn = 0;

  // A filter is the address's fragment: u unit, v verdict, c code, t theme, e errors, w warnings, a amount, k coverage, r reason.
  const tests = {
    u: (d, x) => d[1] === Number(x),
    v: (d, x) => data.verdicts[d[2]] === x,
    e: (d) => d[3] > 0,
    w: (d) => d[4] > 0,
    a: (d) => d[5] !== "",
    c: (d, x) => d[7].includes(Number(x)),
    t: (d, x) => d[7].some((c) => data.codes[c].replace(/[^A-Z].*/, "") === x && !data.codes[c].endsWith("/notice")),
    k: (d, x) => d[8] === Number(x),
    r: (d, x) => d[9].includes(Number(x)),
  };

  const cell = (row, text, kind) => {
    const td = document.createElement("td");
    if (kind) td.className = kind;
    td.textContent = text;
    row.append(td);
    return td;
  };

  const draw = () => {
    const rows = document.createDocumentFragment();
    for (const d of shown.slice(drawn, drawn + STEP)) {
      const row = document.createElement("tr");
      const first = cell(row, d[6] ? "" : d[0], "name");
      if (d[6]) {
        const link = document.createElement("a");
        link.href = d[6];
        link.textContent = d[0];
        first.append(link);
      }
      cell(row, data.units[d[1]]);
      cell(row, data.names[d[2]], "tag " + data.verdicts[d[2]]);
      cell(row, d[3] || "·", "num");
      cell(row, d[4] || "·", "num");
      cell(row, d[5] || "–", "num");
      rows.append(row);
    }
    body.append(rows);
    drawn = Math.min(drawn + STEP, shown.length);
    more.hidden = drawn >= shown.length;
    more.textContent = data.more + " (" + drawn + " / " + shown.length + ")";
  };

  const apply = () => {
    const chosen = [...new URLSearchParams(location.hash.slice(1))].filter(([key]) => key in tests);
    shown = data.documents.filter((d) => chosen.every(([key, value]) => tests[key](d, value)));
    drawn = 0;
    body.replaceChildren();
    said.textContent = (chosen.length ? data.some : data.all).replace("{n}", shown.length.toLocaleString("en"));
    clear.hidden = !chosen.length;
    draw();
    if (chosen.length) document.getElementById("list").scrollIntoView();
  };

  more.addEventListener("click", draw);
  window.addEventListener("hashchange", apply);
  apply();
})();
