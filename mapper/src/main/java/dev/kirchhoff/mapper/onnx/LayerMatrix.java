package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Window;

/**
 * Matrix product of a node that becomes a layer: its matrix and its input vectors.
 *
 * @param suffix distinguishes several of one node; empty if there is one
 * @param shape shape of the matrix
 * @param window window of the matrix on its input map
 * @param vectors tensor of the input vectors
 * @param matrix tensor of the matrix, an activation if it is not constant
 * @param isTransformer whether typical weights are those of a transformer
 * @param use arrangement of the tensor's values in the matrix: products with one tensor in one
 *     arrangement and shape have one matrix
 */
record LayerMatrix(
    String suffix,
    MatrixShape shape,
    Window window,
    Tensor vectors,
    Tensor matrix,
    boolean isTransformer,
    String use) {}
