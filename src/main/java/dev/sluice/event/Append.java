package dev.sluice.event;

import dev.sluice.bus.LocalMessage;
import java.util.List;

/** Asks the journal to make events durable. Answered by an {@link Appended}. */
public record Append(List<Draft> drafts) implements LocalMessage {}
