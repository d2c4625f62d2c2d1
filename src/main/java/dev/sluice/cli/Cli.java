package dev.sluice.cli;

import dev.sluice.cli.Change.Sign;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The commands of the command line. They block, and tell what they found and did. */
public final class Cli {
    public static final String USAGE = """
                   java -jar sluice.jar plan FILE|DIR [--prune]    what apply would do; ends with 2 if there is anything
                   java -jar sluice.jar apply FILE|DIR [--prune]   make webhooks and sources as the files say
                   java -jar sluice.jar export                     what is there, in the form of these files
                   java -jar sluice.jar reseal                     seal secrets with the present secrets.key
                   java -jar sluice.jar partitions [N]             how many journal.partitions there are; raise them to N
                   java -jar sluice.jar doctor [--config FILE] [URL ...]
                                                                   look at settings, Redis, certificates and URLs

              --url URL      where Sluice is (http://127.0.0.1:8080)
              --key KEY      an API key with the role manage, or admin for partitions; better in SLUICE_KEY
              --tenant NAME  whose webhooks, where a file does not say
              --prune        delete what is in no file, too
            """;

    private static final List<String> COMMANDS = List.of("plan", "apply", "export", "reseal", "partitions");
    private static final int FAILED = 1;
    private static final int DIFFERS = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream mistakes;

    public Cli(Map<String, String> environment, PrintStream out, PrintStream mistakes) {
        this.environment = environment;
        this.out = out;
        this.mistakes = mistakes;
    }

    public static boolean isCommand(String word) {
        return COMMANDS.contains(word);
    }

    /** The exit code. */
    public int run(List<String> words) {
        try {
            Options options = Options.read(words.subList(1, words.size()), environment);
            return switch (words.get(0)) {
                case "plan" -> plan(options);
                case "apply" -> apply(options);
                case "reseal" -> reseal(options);
                case "partitions" -> partitions(options);
                default -> export(options);
            };
        } catch (CliFailure failure) {
            failure.reason().lines().forEach(line -> mistakes.println("sluice: " + line));
            return FAILED;
        }
    }

    private Plan planned(Options options, Api api) {
        Declared declared = Declarations.read(options.path("a file or a folder of YAML"), environment);
        return Planner.plan(api, declared, options.tenant(), options.prune());
    }

    private int plan(Options options) {
        Plan plan = planned(options, new Api(options.url(), options.key()));
        plan.changes().forEach(change -> change.text().forEach(out::println));
        sum(plan, "to make", "to alter", "to delete");
        return plan.isDone() ? 0 : DIFFERS;
    }

    private int apply(Options options) {
        Plan plan = planned(options, new Api(options.url(), options.key()));
        int failed = 0;
        for (Change change : plan.changes()) {
            try {
                change.deed().run();
                change.text().forEach(out::println);
            } catch (CliFailure refused) {
                failed++;
                mistakes.println("sluice: %s: %s".formatted(change.what(), refused.reason()));
            }
        }
        if (failed > 0) {
            throw new CliFailure("%d of %d changes were not made"
                    .formatted(failed, plan.changes().size()));
        }
        sum(plan, "made", "altered", "deleted");
        return 0;
    }

    private int export(Options options) {
        options.noPath();
        out.print(Export.of(new Api(options.url(), options.key()), options.tenant()));
        return 0;
    }

    private int reseal(Options options) {
        options.noPath();
        int count = Reseal.of(new Api(options.url(), options.key()), options.tenant());
        out.println("%d sealed with the present secrets.key".formatted(count));
        return 0;
    }

    private int partitions(Options options) {
        Partitions partitions = new Partitions(new Api(options.url(), options.key()));
        out.println(options.paths().isEmpty() ? partitions.look() : partitions.raise(options.path("a number, as 8")));
        return 0;
    }

    private void sum(Plan plan, String made, String altered, String deleted) {
        if (!plan.left().isEmpty()) {
            out.println("in no file, and left (--prune deletes): " + String.join(", ", plan.left()));
        }
        out.println("%d %s, %d %s, %d %s, %d as they are"
                .formatted(
                        count(plan, Sign.MAKE),
                        made,
                        count(plan, Sign.ALTER),
                        altered,
                        count(plan, Sign.DELETE),
                        deleted,
                        plan.same()));
    }

    private static long count(Plan plan, Sign sign) {
        return plan.changes().stream().filter(change -> change.sign() == sign).count();
    }
}
