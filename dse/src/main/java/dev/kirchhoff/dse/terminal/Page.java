package dev.kirchhoff.dse.terminal;

import dev.kirchhoff.arch.spec.Sentence;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of a command, laid out for a width when it is printed: lines, which are folded, and blocks,
 * which lay themselves out.
 *
 * <pre>{@code
 * Page page = new Page().append("two designs\n").append(new TextTable("  ").row("#1", "4.1"));
 * page.at(80);
 * }</pre>
 */
public final class Page implements TextBlock {
  private final List<TextBlock> blocks = new ArrayList<>();

  /** Lines of text as they were appended. */
  private record Lines(StringBuilder text) implements TextBlock {
    @Override
    public String at(int columns) {
      return Folding.text(text.toString(), columns);
    }
  }

  /** Appends text; a line may be made of several. */
  public Page append(CharSequence text) {
    if (text.length() > 0) {
      if (blocks.isEmpty() || !(blocks.get(blocks.size() - 1) instanceof Lines)) {
        blocks.add(new Lines(new StringBuilder()));
      }
      ((Lines) blocks.get(blocks.size() - 1)).text().append(text);
    }
    return this;
  }

  /** Appends a character. */
  public Page append(char character) {
    return append(String.valueOf(character));
  }

  /** Appends a whole number. */
  public Page append(long number) {
    return append(Long.toString(number));
  }

  /** Appends a sentence ({@link Sentence}) as a line of its own, or as the end of one. */
  public Page line(String pattern, Object... arguments) {
    return append(Sentence.of(pattern, arguments)).append('\n');
  }

  /** Appends a block, after a whole line. */
  public Page append(TextBlock block) {
    if (block instanceof Page page) {
      page.blocks.forEach(
          each -> {
            if (each instanceof Lines lines) {
              append(lines.text());
            } else {
              blocks.add(each);
            }
          });
    } else {
      blocks.add(block);
    }
    return this;
  }

  @Override
  public String at(int columns) {
    StringBuilder out = new StringBuilder();
    blocks.forEach(block -> out.append(block.at(columns)));
    return out.toString();
  }

  /** The text as a pipe gets it: at its own width, without styles. */
  @Override
  public String toString() {
    return Style.strip(at(Terminal.UNLIMITED));
  }
}
