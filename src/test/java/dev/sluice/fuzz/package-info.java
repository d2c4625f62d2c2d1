/**
 * Every parser that meets strangers, as a function of bytes.
 *
 * <p>{@code BadInputFuzzTest} gives each of them its seeds, some hundred inputs that are made of them by a fixed seed, and what once
 * made it stumble ({@code src/test/resources/fuzz}); seconds, in every build. {@code Jazzer} is the same for a fuzzer that is led by
 * what an input reaches in the code: {@code mvn -q -P fuzz verify -Dfuzz.target=NAME}. What it finds is put into that folder.
 *
 * <p>Why not jazzer-junit: it would bring JUnit of another version, and its agent, into every build, for the same inputs.
 */
package dev.sluice.fuzz;
