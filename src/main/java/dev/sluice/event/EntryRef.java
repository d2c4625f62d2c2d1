package dev.sluice.event;

/** Where the journal keeps an event: the partition's name ({@code f0}, {@code k0}) and the stream entry's id ({@code ms-seq}). */
public record EntryRef(String partition, String entryId) {}
