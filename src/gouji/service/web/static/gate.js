"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const csrf = one('meta[name="csrf"]')?.content ?? "";
  const fold = (size) => (size < 1e6 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`);

  // Follow a check until it has its verdict; a page that loses the line asks by itself again.
  const follow = (address, done) => {
    const source = new EventSource(address);
    source.addEventListener("state", (event) => {
      const said = JSON.parse(event.data);
      if (said.state !== "checking") { source.close(); done(said); }
    });
  };
  const waiting = one("#follow");
  if (waiting) follow(waiting.dataset.events, () => location.reload());

  const upload = one("#upload");
  if (upload) {
    const input = one('input[type="file"]', upload), drop = one("#drop"), picked = one("#picked"), button = one("button.main", upload);
    const box = one("#progress"), said = one("p", box), bar = one("progress", box), wrong = one("#upload-wrong");
    const show = () => {
      picked.replaceChildren(...[...input.files].map((file) => {
        const line = document.createElement("li"), name = document.createElement("span"), size = document.createElement("small");
        name.textContent = file.name; size.textContent = fold(file.size);
        line.classList.toggle("big", file.size > Number(upload.dataset.limit));
        line.append(name, size);
        return line;
      }));
      button.disabled = !input.files.length;
      wrong.hidden = true;
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.remove("over"); });
    drop.addEventListener("drop", (event) => { input.files = event.dataTransfer.files; show(); });
    const fail = (words) => { box.hidden = true; wrong.textContent = words; wrong.hidden = false; button.disabled = false; };
    upload.addEventListener("submit", (event) => {
      event.preventDefault();
      const request = new XMLHttpRequest(), body = new FormData();
      for (const file of input.files) body.append("files", file);
      button.disabled = true; wrong.hidden = true; box.hidden = false; bar.value = 0;
      said.textContent = said.dataset.uploading;
      request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) bar.value = (e.loaded / e.total) * 100; });
      request.upload.addEventListener("load", () => { said.textContent = said.dataset.checking; bar.removeAttribute("value"); });
      request.addEventListener("load", () => {
        const answer = JSON.parse(request.responseText);
        if (request.status !== 201) { fail(answer.error.message); return; }
        follow(`/submissions/${answer.submission}/events`, () => location.assign(`/submissions/${answer.submission}`));
      });
      request.addEventListener("error", () => fail(`× ${request.status}`));
      request.open("POST", location.pathname);
      request.setRequestHeader("X-CSRF-Token", csrf);
      request.setRequestHeader("Accept", "application/json");
      request.send(body);
    });
  }

  const bulk = one("#bulk");
  if (bulk) {
    const ticks = all('input[name="chosen"]', bulk), every = one("[data-all]", bulk);
    const count = () => {
      const chosen = ticks.filter((tick) => tick.checked).length;
      const told = one("[data-count]", bulk);
      if (told) told.textContent = chosen;
      for (const button of all(".bulk button", bulk)) button.disabled = !chosen;
    };
    every?.addEventListener("change", () => { for (const tick of ticks) tick.checked = every.checked; count(); });
    bulk.addEventListener("change", count);
  }

  const review = one(".panes.review");
  if (review) {
    const cards = all(".card", review), words = one("#words").dataset, states = JSON.parse(words.states);
    const left = one("#left"), accept = one("#accept"), judge = one("#judge"), wrong = one("#wrong"), number = review.dataset.submission;
    let at = -1;
    const select = (index, jump = true) => {
      if (!cards.length) return;
      at = Math.max(0, Math.min(cards.length - 1, index));
      cards.forEach((card, n) => card.classList.toggle("sel", n === at));
      for (const mark of all("mark.sel", review)) mark.classList.remove("sel");
      const card = cards[at];
      card.scrollIntoView({ block: "nearest" });
      const [, document_, finding] = card.id.match(/^d(\d+)f(\d+)$/);
      const marks = all(`#d${document_} mark`, review).filter((mark) => (mark.dataset.f ?? "").split(" ").includes(finding));
      for (const mark of marks) mark.classList.add("sel");
      const place = marks.find((mark) => (mark.dataset.n ?? "").split(" ").includes(finding)) ?? marks[0];
      if (jump) place?.scrollIntoView({ block: "center" });
    };
    const decide = async (card, decision, reason = "", waive = "") => {
      const body = new URLSearchParams({ fingerprint: card.dataset.fingerprint, decision, reason, waive });
      const answer = await fetch(`/submissions/${number}/decide`, { method: "POST", body, headers: { "X-CSRF-Token": csrf, Accept: "application/json" } });
      const said = await answer.json();
      wrong.hidden = answer.ok;
      if (!answer.ok) { wrong.textContent = said.error.message; return false; }
      card.classList.remove("done", "confirm", "dismiss", "waived");
      card.dataset.decision = decision === "undo" ? "" : decision;
      const told = one(".decided", card);
      told.replaceChildren();
      if (decision !== "undo") {
        card.classList.add("done", decision);
        const word = document.createElement("b");
        word.textContent = words[decision];
        told.append(word, ` ${reason}`);
      }
      left.textContent = said.left;
      accept.disabled = said.left > 0 || said.confirmed > 0 || !["in_review", "passed"].includes(said.state);
      const stamp = one("#state .stamp");
      if (stamp) { stamp.lastChild.textContent = states[said.state]; stamp.className = `stamp small ${said.state === "returned" ? "block" : said.state === "passed" ? "pass" : "review"}`; }
      return true;
    };
    const next = () => {
      const open = cards.findIndex((card, n) => n > at && !card.classList.contains("done"));
      if (open >= 0) select(open);
    };
    const act = async (card, what) => {
      const why = one(".why", card);
      if (!why) return;
      if (what === "dismiss") { why.hidden = false; one("textarea", why).focus(); return; }
      why.hidden = true;
      if (what === "cancel") { card.focus(); return; }
      if (await decide(card, what) && what === "confirm") next();
    };
    cards.forEach((card, index) => {
      card.addEventListener("click", (event) => {
        const what = event.target.closest("[data-do]")?.dataset.do;
        if (event.target.closest("form, a") && !what) return;
        select(index, !what);
        if (what) act(card, what);
      });
      const why = one(".why", card);
      why?.addEventListener("submit", async (event) => {
        event.preventDefault();
        const area = one("textarea", why);
        if (!area.value.trim()) { area.focus(); return; }
        if (await decide(card, "dismiss", area.value.trim(), one("select", why)?.value ?? "")) { why.hidden = true; area.blur(); next(); }
      });
      why?.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); why.requestSubmit(); }
        if (event.key === "Escape") { why.hidden = true; one("textarea", why).blur(); }
      });
    });
    review.addEventListener("click", (event) => {
      const link = event.target.closest(".papers a.m");
      if (!link) return;
      event.preventDefault();
      select(cards.findIndex((card) => `#${card.id}` === link.getAttribute("href")), false);
    });
    addEventListener("keydown", (event) => {
      if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
      const keys = { j: () => select(at + 1), k: () => select(at - 1), a: () => { if (!accept.disabled) judge.requestSubmit(accept); } };
      for (const [key, what] of [["c", "confirm"], ["d", "dismiss"], ["u", "undo"]]) keys[key] = () => { if (at >= 0) act(cards[at], what); };
      if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    });
    for (const button of all("[data-needs-remark]", judge)) {
      button.addEventListener("click", (event) => {
        const remark = one('input[name="remark"]', judge);
        if (!remark.value.trim()) { event.preventDefault(); remark.focus(); }
      });
    }
    if (cards.length) select(0, false);
  }
})();
