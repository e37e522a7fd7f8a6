// The filters of the timeline: kind, person, text. Without this script the whole list stands there.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const fields = [at("filter-kind"), at("filter-person"), at("filter-text")];
  const rows = [...document.querySelectorAll(".timeline .entry")];
  const texts = rows.map((row) => row.textContent.replace(/\s+/g, " ").toLowerCase());
  const days = [...document.querySelectorAll(".timeline .day")];
  const apply = () => {
    const [kind, person, text] = fields.map((field) => field.value);
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      const fits = (!kind || row.dataset.kind === kind) && (!person || row.dataset.person === person)
        && words.every((word) => texts[place].includes(word));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    for (const day of days) day.hidden = !day.querySelector(".entry:not([hidden])");
    const all = rows.length === 1 ? "1 entry" : `${rows.length} entries`;
    at("filter-count").textContent = shown === rows.length ? all : `${shown} of ${all}`;
  };
  for (const field of fields) field.addEventListener("input", apply);
  at("filter-clear").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    apply();
    at("filter-text").focus();
  });
  // A link to an entry that the filter hides shows it.
  addEventListener("hashchange", () => {
    const row = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    if (row && row.hidden) {
      for (const field of fields) field.value = "";
      apply();
      row.scrollIntoView();
    }
  });
  at("filters").hidden = false;
  apply();
})();
