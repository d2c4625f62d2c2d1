package dev.sluice.access;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An equality that returns at the first difference would tell how far a guess was right. */
class ConstantTimeTest {
    private final JavaClasses holders =
            new ClassFileImporter().importClasses(KeyRing.class, KeyGate.class, TokenHash.class);

    @Test
    void comparesHashesInConstantTime() {
        classes()
                .that()
                .belongToAnyOf(KeyRing.class)
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(holders);
    }

    @Test
    void comparesNothingElseThatIsSecret() {
        noClasses()
                .should()
                .callMethod(String.class, "equals", Object.class)
                .orShould()
                .callMethod(Object.class, "equals", Object.class)
                .orShould()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .check(holders);
    }
}
