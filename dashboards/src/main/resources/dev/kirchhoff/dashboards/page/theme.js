// The theme, before anything is drawn: the one chosen on this page, or the system's.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("kirchhoff-theme");
  } catch {
    // a private window has none
  }
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = chosen ?? system;
})();
