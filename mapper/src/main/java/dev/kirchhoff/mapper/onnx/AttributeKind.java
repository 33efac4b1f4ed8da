package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.AttributeProto;

/** Type of an attribute of a node. */
enum AttributeKind {
  REAL(1, "a real number"),
  WHOLE(2, "a whole number"),
  TEXT(3, "a string"),
  TENSOR(4, "a tensor"),
  GRAPH(5, "a graph"),
  REALS(6, "real numbers"),
  WHOLES(7, "whole numbers"),
  TEXTS(8, "strings"),
  OTHER(0, "of a type that is not read");

  private final int type;
  private final String words;

  AttributeKind(int type, String words) {
    this.type = type;
    this.words = words;
  }

  /** The kind that an attribute states, or where it states none, that of what it holds. */
  static AttributeKind of(AttributeProto attribute) {
    if (attribute.getType() == 0) {
      return ofContents(attribute);
    }
    for (AttributeKind kind : values()) {
      if (kind.type == attribute.getType()) {
        return kind;
      }
    }
    return OTHER;
  }

  private static AttributeKind ofContents(AttributeProto attribute) {
    if (attribute.hasF()) {
      return REAL;
    } else if (attribute.hasI()) {
      return WHOLE;
    } else if (attribute.hasS()) {
      return TEXT;
    } else if (attribute.hasT()) {
      return TENSOR;
    } else if (attribute.hasG()) {
      return GRAPH;
    } else if (attribute.getFloatsCount() > 0) {
      return REALS;
    } else if (attribute.getStringsCount() > 0) {
      return TEXTS;
    }
    return attribute.getGraphsCount() > 0 ? OTHER : WHOLES;
  }

  /**
   * An attribute, if it is of this kind.
   *
   * @throws ModelException if it is of another
   */
  AttributeProto require(AttributeProto attribute) {
    AttributeKind stated = of(attribute);
    if (stated != this) {
      throw new ModelException(
          ModelText.shown(attribute.getName()) + " is " + stated.words + ", must be " + words);
    }
    return attribute;
  }
}
