/** Work that is spread over processes: chunks of a sweep, their results, the workers. */
package dev.kirchhoff.dse.work;
