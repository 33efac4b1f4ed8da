package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The plot of docs/simulation.md as SVG: accuracy by what hurts, a panel each; bars from the worst
 * to the best chip, dashes at ideal hardware. Readable without colours, on a ground of its own.
 */
final class AccuracyPlot {
  private static final int WIDTH = 440;
  private static final int HEIGHT = 270;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 18;
  private static final int BOTTOM = 56;
  private static final int CAP = 5;
  private static final int ACROSS = 2;
  private static final double LEAST = 0.65;

  private AccuracyPlot() {}

  private record Point(String value, Score score) {}

  /** Points of one quantity. */
  static final class Panel {
    private final String axis;
    private final List<Point> points = new ArrayList<>();

    /** A panel with the title of its axis, unit included. */
    Panel(String axis) {
      this.axis = axis;
    }

    String axis() {
      return axis;
    }

    void add(String value, Score score) {
      points.add(new Point(value, score));
    }
  }

  /**
   * Draws.
   *
   * @param panels one for each quantity
   * @param ideal accuracy on ideal hardware
   */
  static String svg(List<Panel> panels, double ideal) {
    int rows = (panels.size() + ACROSS - 1) / ACROSS;
    StringBuilder out = new StringBuilder();
    print(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">%n",
        ACROSS * WIDTH,
        rows * HEIGHT);
    out.append("<title>Accuracy of fashion-cnn on simulated chips</title>\n<desc>");
    for (Panel panel : panels) {
      out.append(panel.axis()).append(':');
      panel.points.forEach(p -> print(out, " %s: %.1f %%;", p.value(), 100 * p.score().mean()));
      out.append(' ');
    }
    out.append("</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    for (int i = 0; i < panels.size(); i++) {
      print(out, "<g transform=\"translate(%d %d)\">%n", i % ACROSS * WIDTH, i / ACROSS * HEIGHT);
      draw(out, panels.get(i), ideal);
      out.append("</g>\n");
    }
    return out.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder out, Panel panel, double ideal) {
    int right = WIDTH - RIGHT;
    for (int percent = (int) Math.round(100 * LEAST); percent <= 100; percent += 5) {
      double y = y(percent / 100.0);
      line(out, "#ddd", LEFT, y, right, y);
      print(
          out,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>%n",
          LEFT - 8,
          y + 4.5,
          percent);
    }
    line(out, "#222", LEFT, y(LEAST), right, y(LEAST));
    line(out, "#222\" stroke-dasharray=\"6 4", LEFT, y(ideal), right, y(ideal));
    print(
        out,
        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">ideal hardware</text>%n",
        right,
        y(ideal) - 6);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < panel.points.size(); i++) {
      Point point = panel.points.get(i);
      double x = LEFT + (right - LEFT) * (i + 0.5) / panel.points.size();
      double y = y(point.score().mean());
      print(path, "%s%.1f %.1f", i == 0 ? "M" : " L", x, y);
      bar(out, x, y(point.score().least()), y(point.score().most()));
      print(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#0072b2\"/>%n", x, y);
      print(
          out,
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n",
          x,
          y(LEAST) + 18,
          point.value());
    }
    print(out, "<path d=\"%s\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\"/>%n", path);
    print(
        out,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
        (LEFT + right) / 2,
        HEIGHT - 14,
        panel.axis());
    print(
        out,
        "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">"
            + "accuracy, %%</text>%n",
        (TOP + HEIGHT - BOTTOM) / 2);
  }

  private static void bar(StringBuilder out, double x, double low, double high) {
    line(out, "#0072b2", x, low, x, high);
    line(out, "#0072b2", x - CAP, low, x + CAP, low);
    line(out, "#0072b2", x - CAP, high, x + CAP, high);
  }

  private static void line(
      StringBuilder out, String stroke, double x1, double y1, double x2, double y2) {
    print(
        out,
        "<line stroke=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
        stroke,
        x1,
        y1,
        x2,
        y2);
  }

  private static double y(double share) {
    double height = HEIGHT - TOP - BOTTOM;
    return TOP + height * (1 - (share - LEAST) / (1 - LEAST));
  }

  private static void print(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
