// Light, dark, or as the system has it; remembered where the browser lets a page remember.
(() => {
  "use strict";
  const box = document.getElementById("themes");
  const root = document.documentElement;
  const key = "incident-tui-theme";
  const show = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const remembered = () => {
    try { return localStorage.getItem(key) || ""; } catch { return ""; }
  };
  const theme = remembered() === "dark" || remembered() === "light" ? remembered() : "";
  show(theme);
  for (const radio of box.querySelectorAll("input")) {
    radio.checked = radio.value === theme;
    radio.addEventListener("change", () => {
      show(radio.value);
      try { localStorage.setItem(key, radio.value); } catch { /* then until it is closed */ }
    });
  }
  box.hidden = false;
})();
