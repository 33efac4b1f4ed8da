import { test, equal, contains, ok } from "/test/check.js";
import { SvgContext, TextPath } from "/assets/svgContext.js";

const context = () => new SvgContext(document.createElement("canvas").getContext("2d"), () => "data:,x");

test("lines, letters and boxes become elements with their paint", () => {
  const g = context();
  g.strokeStyle = "#123456";
  g.lineWidth = 2;
  g.setLineDash([3, 2]);
  g.beginPath();
  g.moveTo(1, 2);
  g.lineTo(3, 4.005);
  g.stroke();
  g.globalAlpha = 0.5;
  g.fillStyle = "red";
  g.fillRect(10, 10, -4, 5);
  equal(g.elements, [
    '<path d="M1 2L3 4.01" fill="none" stroke="#123456" stroke-width="2" stroke-dasharray="3 2"/>',
    '<rect x="6" y="10" width="4" height="5" fill="red" opacity="0.5"/>',
  ]);
});

test("what a text says is no markup", () => {
  const g = context();
  g.font = "600 12px Inter, sans-serif";
  g.fillText('<script>"&', 5, 6);
  contains(g.text(), ">&lt;script&gt;&quot;&amp;</text>");
  contains(g.text(), 'font-weight="600"');
});

test("transforms and clips hold until they are restored", () => {
  const g = context();
  g.save();
  g.translate(10, 20);
  g.scale(2, 2);
  g.beginPath();
  g.rect(0, 0, 5, 5);
  g.clip();
  g.fillRect(1, 1, 2, 2);
  g.restore();
  g.fillRect(0, 0, 1, 1);
  contains(g.elements[1], "matrix(2 0 0 2 10 20)");
  contains(g.elements[1], "clip-path");
  ok(!g.elements[2].includes("matrix") && !g.elements[2].includes("clip"), g.elements[2]);
  g.clearRect(0, 0, 9, 9);
  equal(g.text(), "");
});

test("a path is one for a canvas and a text", () => {
  const path = new TextPath();
  path.moveTo(0, 0);
  path.bezierCurveTo(1, 0, 1, 1, 2, 1);
  path.arc(5, 5, 2, 0, 7);
  ok(path instanceof Path2D, "a canvas takes it");
  contains(String(path), "M0 0C1 0 1 1 2 1M7 5A2 2 0 1 1 3 5");
});
