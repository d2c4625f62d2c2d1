package dev.sluice.source.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and digests, as another program makes them. */
class SignatureAlgorithmsTest extends SignatureHarness {
    private static final String RSA = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2Az4vY4FEwUWjOp2bRgV
            v3B+fsDMnM8Iw0a9tg1GhJQG904x9Rahm5HEp7mhcbB7txFR4+3X39bcuxQP2H+Y
            6gvlKw2BSegcI6AbwpaaOiJQ074/tQiiqUpr36sQsENTZC0WoVT58CjWCPfZHGe4
            lthl6UesRp5+lqAs6omNJ7GHTZm426+tYzOE1n7VdeNaGInK6Y2Q4nUCjD3m2L9P
            VefmA096qXnBB/74orueARP12oUiUIZVLBAa42+F5+BaEpXAibSS7V8IhjxgHYHG
            Rzl/cKloTEFad5XwA5MgS+DG2uq6f3IWfKe9XVzxruy+I4zTT/lywSPbnLW+E7e2
            bwIDAQAB
            -----END PUBLIC KEY-----
            """;

    private static final String EC = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEc1Z9WuApD19oQr47eMBpUtTivrzW
            TJ82GsDNDJ5qVRiHqixek379xiF5XvykFwHDGkC3OacQHSi433KJ98DSWw==
            -----END PUBLIC KEY-----
            """;

    private static final String ED25519 = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAKFNc1IK/GQg48LZ6VZVUJ0BphCGaF2+TY42p1NMcRzI=
            -----END PUBLIC KEY-----
            """;

    /** With openssl dgst and pkeyutl; the secret is {@code s}, or a key that openssl made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hmac | sha1 | base64 | +pC7tGVH97xrTK0fO0dboI+s/qY=",
                "hmac | sha1 | hex | fa90bbb46547f7bc6b4cad1f3b475ba08facfea6",
                "hmac | sha256 | base64 | N76vZQ9wtA7JcGkpwunYNcvWNymYj0h4HmODoUchXwc=",
                "hmac | sha256 | hex | 37beaf650f70b40ec9706929c2e9d835cbd63729988f48781e6383a147215f07",
                "hmac | sha384 | base64 | DMSaNDQXlN0gXWj0/tZCywkOIptNXgHU9w0G1/XfzKVSksaphMp/MPYVqKNBYr9W",
                "hmac | sha384 | hex | 0cc49a34341794dd205d68f4fed642cb090e229b4d5e01d4f70d06d7f5dfcca55292c6a984ca7f30f615a8a34162bf56",
                "hmac | sha512 | base64 | B9+DHmMpaSsciudmnpFiWYJS8bkMUOTEnr/0nhcJhv5R5g41WoJ8UQpXYBbpWi4xLuCsUPEmcm/unagprMZR3Q==",
                "hmac | sha512 | hex | 07df831e6329692b1c8ae7669e9162598252f1b90c50e4c49ebff49e170986fe51e60e355a827c510a576016e95a2e312ee0ac50f126726fee9da829acc651dd",
                "hmac | sha512 | base64url | B9-DHmMpaSsciudmnpFiWYJS8bkMUOTEnr_0nhcJhv5R5g41WoJ8UQpXYBbpWi4xLuCsUPEmcm_unagprMZR3Q==",
                "signature | rsa-sha256 | base64 | igtbs0E1tpiHLt5gtw+UTlQTQ+9gaLYlUtopBpIXg85lnyICd+WLsGnDwdqT/H3Ry7RiwnjJo2+NYgGEG9Bn111w54geV3GkuqHVi92bJKiWod5pJBUmmkyqizL+Qz5T+cEfHyMrJToKEhrQANxbQLXmCpkbFVsE0rcU6ND4mEl77gcq339w2Bkvvdaw4vQFEUVOAbDZYtqhwgsELLJ3b1YH9Skl1cRamU1ZMjwlouaYxmZd2gIHwU99aNpL2gCfUCiNj9XZ+0sAr57olT8iueK4Be5RH4cKStedQhcdlz6eBG2YkiJZsvjRnKjVJ7eX4MBgSSQvdCFjBgyvOE5Szw==",
                "signature | rsa-sha1 | base64 | hudJ8ghTXNu9jf7nw1k6rjgc8hvvHMopFP1KzLyNaeZO7if9BhZ7Nu4DMQhplc1I9bJ+ZrBpbJKF+AuQvEYXUqncSmLIFQHBKmSA0w1H1hrpYdQfu6qaYXNZIarJvJeCBUDI0+mhB5n3q2Pi5iBMsdCgTphdmPCyndVpynIoc0WQuSw9wPXtHfZ0fbPQDeyF6401/VIUJwlaWd7SztXXvZcOHW8XH8A191FQQ3yPuaPefyAA7Q10DJgv3GuwSIfJyKuKCzqQr+yXp/yQe3kIffn9QgmQzAt661RkAeKInzijW5Rz7nHxzahg0YEkCUvZA7t5Dl+jzMakM2yEE+jLsg==",
                "signature | ecdsa-sha256 | base64 | MEYCIQCcdyuhnyoujfEDLBJQgsNZecH2rTw3aEJpzXnrM7VHXAIhAKUESgHnY+JtLy3a667YdYrRa4PdBGutyBBe0y5RUVde",
                "signature | ed25519 | hex | 4ec0523495dc3f1a2ac207fe8983616ee39353a4411ac43a6a4f170a7832488f9d963a7ff5c9b1fa538ad354a2ba071a3b02bbc5fdae4be66c8af26c1f620003",
            })
    void holdsForWhatOpensslSigns(String type, String algorithm, String encoding, String signature) {
        headers.add("X-Sig", signature);
        Signature recipe =
                read("{'algorithm':'%s','from':'header:X-Sig','encoding':'%s'}".formatted(algorithm, encoding), type);
        for (String key : keys(algorithm)) {
            assertThat(refusal(recipe, "{\"a\":1}", key)).isNull();
            assertThat(refusal(recipe, "{\"a\":2}", key)).contains("does not match");
        }
        String cut = signature.substring(0, signature.length() - 4);
        headers.set("X-Sig", cut);
        assertThat(refusal(recipe, "{\"a\":1}", keys(algorithm).get(0))).isNotNull();
    }

    /** In lines, and without them. */
    private static List<String> keys(String algorithm) {
        String pem = algorithm.startsWith("rsa") ? RSA : algorithm.startsWith("ecdsa") ? EC : ED25519;
        return algorithm.startsWith("sha") ? List.of("s") : List.of(pem, pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "AAAA", "", "%%%"})
    void saysThatAKeyIsNone(String key) {
        Signature recipe = read("{'algorithm':'rsa-sha256','from':'header:A'}", SignatureForm.SIGNATURE);
        assertThat(recipe.problem(key)).contains("not a key (expected: one for rsa-sha256, as base64)");
        assertThat(recipe.problem(EC)).as("of another algorithm").isNotNull();
        assertThat(recipe.problem(RSA)).isNull();
    }
}
