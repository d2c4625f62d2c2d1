package dev.sluice.source.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** How bytes are written as text. */
public enum Encoding {
    UTF8 {
        @Override
        byte[] decode(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String encode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    },
    HEX {
        @Override
        byte[] decode(String text) {
            return HexFormat.of().parseHex(text);
        }

        @Override
        public String encode(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    },
    BASE64 {
        @Override
        byte[] decode(String text) {
            return Base64.getDecoder().decode(text);
        }

        @Override
        public String encode(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    },
    BASE64URL {
        @Override
        byte[] decode(String text) {
            return Base64.getUrlDecoder().decode(text);
        }

        @Override
        public String encode(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    };

    /** @throws IllegalArgumentException for what is not written so */
    abstract byte[] decode(String text);

    public abstract String encode(byte[] bytes);

    /** As it is written in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
