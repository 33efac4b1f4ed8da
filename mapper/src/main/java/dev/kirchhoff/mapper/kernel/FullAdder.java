package dev.kirchhoff.mapper.kernel;

import java.util.List;

/**
 * Full adder of nine two-input gates, all NOR or all NAND, in the columns of one row.
 *
 * <p>With NAND gates x = a ⊕ b, s = x ⊕ c and the carry is ab + xc; with NOR gates x is its
 * complement, and s and the carry are the same, since both are self-dual:
 *
 * <pre>
 * n1 = G(a, b)   n2 = G(a, n1)   n3 = G(b, n1)   x = G(n2, n3)
 * n4 = G(x, c)   n5 = G(x, n4)   n6 = G(c, n4)   s = G(n5, n6)   carry = G(n1, n4)
 * </pre>
 *
 * @param digit digit that it adds, from 0
 * @param bits digits of a word
 */
record FullAdder(int digit, int bits) {

  /** Columns of a gate. */
  record Place(int a, int b, int output) {}

  /** Column of the carry into a digit; its neighbours share two columns by turns. */
  static int carry(int digit, int bits) {
    return 3 * bits + digit % 2;
  }

  /** The nine gates in their order. */
  List<Place> gates() {
    int a = digit;
    int b = bits + digit;
    int c = carry(digit, bits);
    int n1 = 3 * bits + 2;
    int n2 = n1 + 1;
    int n3 = n1 + 2;
    int x = n1 + 3;
    int n4 = n1 + 4;
    int n5 = n1 + 5;
    int n6 = n1 + 6;
    return List.of(
        new Place(a, b, n1),
        new Place(a, n1, n2),
        new Place(b, n1, n3),
        new Place(n2, n3, x),
        new Place(x, c, n4),
        new Place(x, n4, n5),
        new Place(c, n4, n6),
        new Place(n5, n6, 2 * bits + digit),
        new Place(n1, n4, carry(digit + 1, bits)));
  }
}
