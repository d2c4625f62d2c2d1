package dev.sluice;

/** Starts a pod. */
public final class Sluice {
    private Sluice() {}

    public static void main(String[] args) {}
}
