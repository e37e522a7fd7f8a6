// Searching and filtering the list of incidents, in what stands in this page.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const names = ["severity", "status", "service", "kind"];
  const choices = names.map((name) => at(`filter-${name}`));
  const box = at("filter-text");
  const rows = [...document.querySelectorAll(".incident")];
  const known = JSON.parse(at("words").textContent);
  const texts = rows.map((row, place) =>
    ` ${known[place]} ${row.textContent.replace(/\s+/g, " ").toLowerCase()}`);
  const has = (row, name, value) => !value || (name === "service"
    ? row.dataset.services.split("\n").includes(value) : row.dataset[name] === value);
  const apply = () => {
    // A word finds what begins with it.
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      const fits = names.every((name, n) => has(row, name, choices[n].value))
        && words.every((word) => texts[place].includes(` ${word}`));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    const all = `${rows.length} incident${rows.length === 1 ? "" : "s"}`;
    at("filter-count").textContent = shown === rows.length ? all : `${shown} of ${all}`;
  };
  for (const field of [box, ...choices]) field.addEventListener("input", apply);
  at("filter-clear").addEventListener("click", () => {
    for (const field of [box, ...choices]) field.value = "";
    apply();
    box.focus();
  });
  at("filters").hidden = false;
  apply();
})();
