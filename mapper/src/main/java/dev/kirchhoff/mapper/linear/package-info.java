/** Dense linear algebra and linear circuits that kernels and their machines share. */
package dev.kirchhoff.mapper.linear;
