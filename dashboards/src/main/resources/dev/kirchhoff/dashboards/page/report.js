// Start of a page in one file: its modules are unpacked and named, then the first of them is run.
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("kirchhoff-modules").textContent), (c) =>
    c.charCodeAt(0),
  );
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const imports = {};
  for (const [name, text] of Object.entries(await new Response(stream).json())) {
    imports["kirchhoff/" + name] = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  }
  const script = (type, text) => {
    const element = document.createElement("script");
    element.type = type;
    element.textContent = text;
    document.head.append(element);
  };
  script("importmap", JSON.stringify({ imports }));
  script("module", 'import "kirchhoff/main.js";');
})();
