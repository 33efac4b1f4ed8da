package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FileEndingsTest {
  @Test
  void endingsMatchInAnyCase() {
    assertTrue(FileEndings.matches("net.onnx", ".onnx"));
    assertTrue(FileEndings.matches("a/net.ONNX", ".onnx"));
    assertTrue(FileEndings.matches(".Onnx", ".onnx"));
    assertFalse(FileEndings.matches("onnx", ".onnx"));
    assertFalse(FileEndings.matches("net.onnx.yaml", ".onnx"));
    assertFalse(FileEndings.matches("", ".onnx"));
  }
}
