package dev.sluice.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads an object as what it says it is, and refuses fields that this does not have. */
final class StrictModels {
    private static final Path SCHEMAS = Path.of("src", "test", "resources", "k8s");
    private static final String MODELS = "io.fabric8.kubernetes.api.model.";

    /** By name: their class files have annotations that are nowhere here, and javac would warn of each. */
    private static final Map<String, String> CLASSES = Map.of(
            "v1 ServiceAccount", "ServiceAccount",
            "v1 Service", "Service",
            "v1 ConfigMap", "ConfigMap",
            "v1 Secret", "Secret",
            "apps/v1 Deployment", "apps.Deployment",
            "autoscaling/v2 HorizontalPodAutoscaler", "autoscaling.v2.HorizontalPodAutoscaler",
            "policy/v1 PodDisruptionBudget", "policy.v1.PodDisruptionBudget",
            "networking.k8s.io/v1 NetworkPolicy", "networking.v1.NetworkPolicy");

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new NoCatchAll());

    private StrictModels() {}

    /** The models keep what they do not know; here that is an error. */
    private static final class NoCatchAll extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated setter) {
            return false;
        }
    }

    /** @throws IllegalArgumentException with what is wrong, and where */
    static void check(JsonObject object) {
        String kind = object.getString("apiVersion") + " " + object.getString("kind");
        String model = CLASSES.get(kind);
        if (model == null) {
            checkCustom(object);
            return;
        }
        try {
            MAPPER.readValue(object.encode(), Class.forName(MODELS + model));
        } catch (JsonProcessingException refused) {
            throw new IllegalArgumentException(kind + ": " + refused.getMessage(), refused);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Of an operator's own kind, the part of its schema that is used here. */
    private static void checkCustom(JsonObject object) {
        Path file = SCHEMAS.resolve(object.getString("kind") + ".json");
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "%s: no model and no schema (expected: %s)".formatted(object.getString("kind"), file));
        }
        OutputUnit result = Validator.create(
                        JsonSchema.of(new JsonObject(read(file))),
                        new JsonSchemaOptions()
                                .setDraft(Draft.DRAFT7)
                                .setBaseUri("https://sluice.example/")
                                .setOutputFormat(OutputFormat.Basic))
                .validate(object);
        if (!result.getValid()) {
            throw new IllegalArgumentException(
                    object.getString("kind") + ": " + result.toJson().encode());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
