package dev.kirchhoff.peripherals;

/**
 * Computes an explanation's formula again from its text: arithmetic with unit words between, {@code
 * x} for times. A second opinion on every price: text that does not lead to the value is wrong
 * text.
 */
public final class Arithmetic {
  private final String text;
  private int at;

  private Arithmetic(String text) {
    this.text = text;
  }

  /** Value of a formula. */
  public static double compute(String formula) {
    String plain =
        formula
            .replace("with control and clock", "")
            .replace("for the time it gets", "")
            .replaceAll("calibrated on [^)]*(?=\\)|$)", "")
            .replaceAll("\\b(fF|fJ|uW|uA|GB|ohm|ns|1)/(um2|um|ns|s|V|uA)\\b", "")
            .replaceAll("(?<=\\)) [a-wyz][a-z]+( [a-z]+)*(?= \\+ |\\)|$)", "")
            .replaceAll("\\b(fF|fJ|um2|um|nm|ns|uW|uA|uS|GHz|V2|V|F2|GB|B)\\b", "");
    Arithmetic arithmetic = new Arithmetic(plain);
    double value = arithmetic.sum();
    arithmetic.blanks();
    if (arithmetic.at != plain.length()) {
      throw new IllegalArgumentException(
          "Not arithmetic at " + arithmetic.at + ": " + plain + " (" + formula + ")");
    }
    return value;
  }

  private double sum() {
    double value = product();
    while (true) {
      if (take('+')) {
        value += product();
      } else if (take('-')) {
        value -= product();
      } else {
        return value;
      }
    }
  }

  private double product() {
    double value = power();
    while (true) {
      if (take('x')) {
        value *= power();
      } else if (take('/')) {
        value /= power();
      } else {
        return value;
      }
    }
  }

  private double power() {
    double value = atom();
    return take('^') ? Math.pow(value, atom()) : value;
  }

  private double atom() {
    blanks();
    if (take('(')) {
      double value = sum();
      expect(')');
      return value;
    }
    if (at < text.length() && Character.isLetter(text.charAt(at))) {
      return function();
    }
    int start = at;
    while (at < text.length() && isOfNumber(start)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("Expected a number at " + at + " of " + text);
    }
    return Double.parseDouble(text.substring(start, at));
  }

  private boolean isOfNumber(int start) {
    char c = text.charAt(at);
    boolean sign = (c == '-' || c == '+') && at > start && text.charAt(at - 1) == 'e';
    return Character.isDigit(c) || c == '.' || c == 'e' || sign || (c == '-' && at == start);
  }

  private double function() {
    int start = at;
    while (Character.isLetter(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    expect('(');
    double first = sum();
    while (take(',')) {
      double next = sum();
      first = name.equals("min") ? Math.min(first, next) : Math.max(first, next);
    }
    expect(')');
    return switch (name) {
      case "min", "max" -> first;
      case "log2" -> Math.log(first) / Math.log(2);
      case "ceil" -> Math.ceil(first);
      case "floor" -> Math.floor(first);
      case "sqrt" -> Math.sqrt(first);
      case "ln" -> Math.log(first);
      case "exp" -> Math.exp(first);
      default -> throw new IllegalArgumentException("Unknown function " + name + " in " + text);
    };
  }

  private boolean take(char c) {
    blanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw new IllegalArgumentException("Expected " + c + " at " + at + " of " + text);
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
