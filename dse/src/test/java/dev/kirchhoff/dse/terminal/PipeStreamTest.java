package dev.kirchhoff.dse.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class PipeStreamTest {
  private static PrintWriter failing(String message) {
    return new PrintWriter(
        new PipeStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(message);
              }
            }));
  }

  @Test
  void aPipeWithoutAReaderEndsTheCommandThroughAnyWriter() {
    for (String message : new String[] {"Broken pipe", "The pipe is being closed"}) {
      PrintWriter out = failing(message);
      out.print("x");
      assertThrows(ClosedPipeException.class, out::flush);
    }
  }

  @Test
  void aFullDiskIsAnErrorOfTheWriter() {
    PrintWriter out = failing("No space left on device");
    out.print("x");
    assertTrue(out.checkError());
  }

  @Test
  void aClosedPipeIsFoundAmongCauses() {
    PrintWriter out = failing("Broken pipe");
    out.print("x");
    ClosedPipeException closed = assertThrows(ClosedPipeException.class, out::flush);
    assertTrue(ClosedPipeException.isCauseOf(new IllegalStateException(closed)));
    assertFalse(ClosedPipeException.isCauseOf(new UncheckedIOException(new IOException("full"))));
    assertEquals(141, ClosedPipeException.EXIT_CODE);
  }
}
