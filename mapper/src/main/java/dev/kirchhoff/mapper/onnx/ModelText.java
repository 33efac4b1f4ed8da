package dev.kirchhoff.mapper.onnx;

/** Names out of a model's file, as they may be printed. */
final class ModelText {
  private static final int LONGEST = 80;

  private ModelText() {}

  /** A name without control characters and cut to a readable length. */
  static String shown(String name) {
    String head = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    String plain = head.replaceAll("[\\p{Cntrl}\\uFFFD]", "?");
    return name.length() > LONGEST ? plain + "..." : plain;
  }
}
