"use strict";
(() => {
  // The theme: what the system has, until the reader says otherwise.
  const root = document.documentElement;
  const toggle = document.getElementById("theme");
  const themes = ["system", "dark", "light"];
  const remembered = () => { try { return localStorage.getItem("plumb-theme"); } catch { return null; } };
  const setTheme = (name) => {
    if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
    if (toggle) toggle.textContent = "Theme: " + name;
    try { localStorage.setItem("plumb-theme", name); } catch { /* a page from a disk may have no storage */ }
  };
  let theme = themes.includes(remembered()) ? remembered() : "system";
  setTheme(theme);
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      setTheme(theme);
    });
  }

  const number = (n) => n.toLocaleString("en-US");

  // A list: a table whose rows carry what is filtered and sorted by in data
  // attributes, and a form of search and filters where there is one. The
  // state is the address's fragment, so that a view can be shared; a page of
  // several lists gives each a name, which begins its part of the state.
  const lists = [];
  function list(section) {
    const prefix = section.dataset.list && section.dataset.list + ".";
    const form = section.querySelector("form");
    const status = section.querySelector(".status");
    const group = section.querySelector("table").dataset.group;
    const body = section.querySelector("tbody");
    const heads = [...section.querySelectorAll("th button[data-sort]")];
    const rows = [...body.rows].map((row, order) => ({ row, order, text: null }));
    const sort = { by: "", down: false };
    let shown = rows;

    // Text is read when it is first searched for, and only then.
    const textOf = (item) => item.text ??= 
      [...item.row.cells, item.row.dataset.words ?? ""].map((c) => c.textContent ?? c).join(" ").toLowerCase();
    const values = (name) => new FormData(form).getAll(name).filter((v) => v !== "");
    const fields = form ? [...new Set([...form.elements].map((e) => e.name))].filter(Boolean) : [];
    const facets = () => fields.filter((n) => n !== "q");
    const owns = (key) => [...fields, "sort"].some((n) => prefix + n === key);

    function apply() {
      if (!form) return;
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = facets().map((name) => [name, new Set(values(name))]).filter(([, set]) => set.size);
      shown = [];
      for (const item of rows) {
        const on = wanted.every(([name, set]) => set.has(item.row.dataset[name])) &&
          words.every((word) => textOf(item).includes(word));
        if (item.row.hidden === on) item.row.hidden = !on;
        if (on) shown.push(item);
      }
      regroup();
      status.textContent = shown.length === rows.length
        ? number(rows.length) + " shown" : number(shown.length) + " of " + number(rows.length) + " shown";
    }

    // A group is named where it begins.
    function regroup() {
      if (!group) return;
      let last;
      for (const { row } of shown) {
        row.classList.toggle("again", row.dataset[group] === last);
        last = row.dataset[group];
      }
    }

    function order() {
      const key = (item) => item.row.dataset[sort.by];
      const compare = (a, b) => {
        const x = key(a), y = key(b);
        const c = x === undefined ? 0 : isNaN(x) || isNaN(y) ? (x < y ? -1 : x > y ? 1 : 0) : x - y;
        return (sort.down ? -c : c) || a.order - b.order;
      };
      rows.sort(sort.by ? compare : (a, b) => a.order - b.order);
      shown = rows.filter((item) => !item.row.hidden);
      regroup();
      const all = document.createDocumentFragment();
      for (const item of rows) all.append(item.row);
      body.append(all);
      for (const b of heads) {
        const on = b.dataset.sort === sort.by;
        b.closest("th").setAttribute("aria-sort", on ? (sort.down ? "descending" : "ascending") : "none");
      }
    }

    function remember() {
      const state = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
      for (const key of [...state.keys()]) if (owns(key)) state.delete(key);
      if (form) for (const [name, value] of new FormData(form)) if (value !== "") state.append(prefix + name, value);
      if (sort.by) state.set(prefix + "sort", (sort.down ? "-" : "") + sort.by);
      history.replaceState(null, "", state.size ? "#" + state : location.pathname + location.search);
    }

    function recall() {
      const fragment = location.hash.slice(1);
      const target = fragment && document.getElementById(fragment);
      const state = new URLSearchParams(target ? "" : fragment);
      for (const e of form?.elements ?? []) {
        if (!e.name) continue;
        if (e.type === "checkbox") e.checked = state.getAll(prefix + e.name).includes(e.value);
        else e.value = state.get(prefix + e.name) ?? "";
      }
      const by = state.get(prefix + "sort") ?? "";
      const known = heads.some((b) => b.dataset.sort === by.replace(/^-/, ""));
      const before = sort.by + sort.down;
      sort.by = known ? by.replace(/^-/, "") : "";
      sort.down = known && by.startsWith("-");
      if (before !== sort.by + sort.down || known) order();
      apply();
      if (target && body.contains(target)) {
        const details = target.querySelector("details");
        if (details) details.open = true;
        target.scrollIntoView({ block: "center" });
      }
    }

    // The keys of a list: / searches, Escape clears, j and k walk, o opens.
    function walk(step) {
      const at = shown.findIndex((item) => item.row === document.activeElement?.closest("tr"));
      const next = shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step];
      if (next) { next.row.tabIndex = -1; next.row.focus(); next.row.scrollIntoView({ block: "nearest" }); }
    }
    function key(e) {
      const search = form.elements.q;
      if (e.key === "Escape" && e.target === search) { search.value = ""; apply(); remember(); search.blur(); return; }
      if (e.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
      if (e.key === "/") { e.preventDefault(); search.focus(); search.select(); }
      else if (e.key === "j") walk(1);
      else if (e.key === "k") walk(-1);
      else if (e.key === "o") {
        const details = document.activeElement?.closest("tr")?.querySelector("details");
        if (details) details.open = !details.open;
      }
    }

    let waiting = 0;
    form?.addEventListener("submit", (e) => e.preventDefault());
    form?.addEventListener("input", () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => { apply(); remember(); });
    });
    for (const b of heads) {
      b.addEventListener("click", () => {
        const first = b.dataset.down !== undefined;
        if (sort.by !== b.dataset.sort) { sort.by = b.dataset.sort; sort.down = first; }
        else if (sort.down === first) sort.down = !first;
        else sort.by = "";
        order();
        remember();
      });
    }
    const open = form?.querySelector("button[data-open]");
    open?.addEventListener("click", () => {
      const on = open.getAttribute("aria-pressed") !== "true";
      open.setAttribute("aria-pressed", String(on));
      open.textContent = on ? open.dataset.close : open.dataset.open;
      for (const item of rows) { const d = item.row.querySelector("details"); if (d) d.open = on; }
    });
    window.addEventListener("hashchange", recall);
    if (form) form.hidden = false;
    recall();
    lists.push({ section, form, owns, key });
  }

  document.querySelectorAll("[data-list]").forEach(list);

  // Keys go to the list that the reader is in: the one with the focus, else
  // the last that begins above the middle of the window, else the first.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const withForm = lists.filter((l) => l.form);
    const here = withForm.find((l) => l.section.contains(document.activeElement)) ??
      withForm.findLast((l) => l.section.getBoundingClientRect().top < innerHeight / 2) ?? withForm[0];
    here?.key(e);
  });
  document.addEventListener("click", (e) => {
    const a = e.target.closest?.("a[data-filter]");
    const [key] = a ? new URLSearchParams(a.hash.slice(1)).keys() : [];
    const list = lists.find((l) => l.owns(key));
    if (list) setTimeout(() => list.section.scrollIntoView(), 0);
  });
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((d) => { d.open = true; });
  });
})();
