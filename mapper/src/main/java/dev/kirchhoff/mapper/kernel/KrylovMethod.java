package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Krylov method whose products are reads of a stored matrix and whose vector work is digital: an
 * approximate solution of A z = r from z = 0.
 *
 * <p>Both end when their own, inexact residual is below a tolerance, after a number of products, or
 * when they break down.
 */
enum KrylovMethod {
  /**
   * Conjugate gradient (Hestenes, Stiefel 1952) for symmetric positive definite matrices. A
   * direction p with pᵀ A p ≤ 0 does not occur in exact arithmetic; with the errors of a machine it
   * ends the method, since a step along it has no meaning.
   */
  CG {
    @Override
    int vectors(int most) {
      // z, its residual, direction and product.
      return 4;
    }

    @Override
    double[] solve(
        Machine machine, UnaryOperator<double[]> product, double[] r, double tolerance, int most) {
      double[] z = new double[r.length];
      double[] rest = r.clone();
      double[] direction = r.clone();
      double squares = LinearAlgebra.dot(r, r);
      double target = tolerance * tolerance * squares;
      dots(machine, r.length);
      for (int k = 0; k < most && squares > target; k++) {
        double[] image = product.apply(direction);
        double curvature = LinearAlgebra.dot(direction, image);
        dots(machine, r.length);
        if (!(curvature > 0)) {
          return z;
        }
        double step = squares / curvature;
        LinearAlgebra.add(z, step, direction);
        LinearAlgebra.add(rest, -step, image);
        double next = LinearAlgebra.dot(rest, rest);
        LinearAlgebra.scale(direction, next / squares);
        LinearAlgebra.add(direction, 1, rest);
        dots(machine, r.length);
        count(machine, 3.0 * r.length);
        squares = next;
      }
      return z;
    }
  },
  /**
   * Generalised minimal residual (Saad, Schultz 1986, doi 10.1137/0907058) for any matrix, without
   * restart: Arnoldi's process by modified Gram-Schmidt, Givens rotations of the Hessenberg matrix.
   */
  GMRES {
    @Override
    int vectors(int most) {
      // z, and the basis with the vector that joins it.
      return most + 2;
    }

    @Override
    double[] solve(
        Machine machine, UnaryOperator<double[]> product, double[] r, double tolerance, int most) {
      List<double[]> basis = new ArrayList<>();
      List<double[]> triangle = new ArrayList<>();
      List<double[]> rotations = new ArrayList<>();
      double norm = LinearAlgebra.norm(r);
      double[] next = r.clone();
      List<Double> right = new ArrayList<>(List.of(norm));
      LinearAlgebra.scale(next, 1 / norm);
      dots(machine, r.length);
      count(machine, r.length);
      while (basis.size() < Math.min(most, r.length)
          && Math.abs(right.get(basis.size())) > tolerance * norm) {
        basis.add(next);
        int k = basis.size();
        next = product.apply(next);
        double[] column = new double[k + 1];
        for (int i = 0; i < k; i++) {
          column[i] = LinearAlgebra.dot(next, basis.get(i));
          LinearAlgebra.add(next, -column[i], basis.get(i));
        }
        column[k] = LinearAlgebra.norm(next);
        LinearAlgebra.scale(next, column[k] == 0 ? 0 : 1 / column[k]);
        dots(machine, (k + 1.0) * r.length);
        count(machine, (k + 1.0) * r.length);
        for (int i = 0; i < k - 1; i++) {
          rotate(column, i, rotations.get(i));
        }
        double length = StrictMath.hypot(column[k - 1], column[k]);
        if (!(length > 0)) {
          basis.remove(k - 1);
          break;
        }
        double[] rotation = {column[k - 1] / length, column[k] / length};
        rotations.add(rotation);
        rotate(column, k - 1, rotation);
        triangle.add(column);
        right.add(-rotation[1] * right.get(k - 1));
        right.set(k - 1, rotation[0] * right.get(k - 1));
      }
      return combine(machine, basis, triangle, right, r.length);
    }
  };

  private static final int BITS = 64;

  /**
   * Vectors of the length of z that a solution keeps at most.
   *
   * @param most products at most
   */
  abstract int vectors(int most);

  /**
   * Solves approximately.
   *
   * @param product product of A with a vector
   * @param r right-hand side, not zero
   * @param tolerance residual relative to r at which it ends
   * @param most products at most
   */
  abstract double[] solve(
      Machine machine, UnaryOperator<double[]> product, double[] r, double tolerance, int most);

  private static void rotate(double[] column, int i, double[] rotation) {
    double upper = rotation[0] * column[i] + rotation[1] * column[i + 1];
    column[i + 1] = rotation[0] * column[i + 1] - rotation[1] * column[i];
    column[i] = upper;
  }

  /** Back substitution of the triangle, then the sum of the basis. */
  private static double[] combine(
      Machine machine,
      List<double[]> basis,
      List<double[]> triangle,
      List<Double> right,
      int length) {
    double[] z = new double[length];
    double[] y = new double[basis.size()];
    for (int i = y.length - 1; i >= 0; i--) {
      y[i] = right.get(i);
      for (int j = i + 1; j < y.length; j++) {
        y[i] -= triangle.get(j)[i] * y[j];
      }
      y[i] /= triangle.get(i)[i];
      LinearAlgebra.add(z, y[i], basis.get(i));
    }
    count(machine, y.length * (length + 0.5 * y.length));
    return z;
  }

  private static void dots(Machine machine, double elements) {
    machine.digital(VectorOperation.DOT, elements, BITS);
  }

  private static void count(Machine machine, double elements) {
    machine.digital(VectorOperation.MULTIPLY_ADD, elements, BITS);
  }
}
