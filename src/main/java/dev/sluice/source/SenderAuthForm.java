package dev.sluice.source;

import dev.sluice.http.Field;
import dev.sluice.source.signature.Signature;
import dev.sluice.source.signature.SignatureForm;
import dev.sluice.source.sns.SnsTopic;
import dev.sluice.subscription.form.Mask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code auth} of a source: {@code {"type":"token","token"}}, {@code {"type":"basic","username",
 * "password"}}, {@code {"type":"header","name","value"}}, {@code {"type":"url","secret"}}, {@code {"type":"networks",
 * "networks"}}, {@code {"type":"sns","topics"}}, {@code {"type":"key"}}, {@code {"type":"none"}}, {@code hmac} and
 * {@code signature} with the members of a {@link SignatureForm}, or a list of these, any of which lets in.
 */
final class SenderAuthForm {
    private static final String KEY = "key";
    private static final String TOKEN = "token";
    private static final String BASIC = "basic";
    private static final String HEADER = "header";
    private static final String URL = "url";
    private static final String NETWORKS = "networks";
    private static final String NONE = "none";
    private static final String SECRET = "secret";
    private static final String SECRETS = "secrets";
    private static final int MIN_SECRET = 8;
    private static final int MIN_URL_SECRET = 16;
    private static final int MAX_SECRET = 1024;
    /** A public key in lines. */
    private static final int MAX_KEY = 4096;

    private static final int MOST = 10;
    private static final int MOST_SECRETS = 5;
    private static final int MOST_NETWORKS = 200;
    private static final String TOPICS = "topics";
    private static final int MOST_TOPICS = 20;
    private static final Pattern URL_SAFE = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final int MAX_NAME = 256;
    /** RFC 9110, 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    private SenderAuthForm() {}

    /** @param old whose secret a mask stands for, where the rest is the same */
    static SenderAuth read(Field field, SenderAuth old) {
        if (field.isAbsent()) {
            return new SenderAuth.Key();
        }
        if (!(field.value() instanceof JsonArray)) {
            return one(field, old);
        }
        List<SenderAuth> former = old instanceof OtherSenders.AnyOf any ? any.all() : List.of(old);
        List<SenderAuth> all = new ArrayList<>();
        for (Field element : field.elements(1, MOST)) {
            int index = all.size();
            all.add(one(element, index < former.size() ? former.get(index) : new SenderAuth.Key()));
        }
        return all.size() == 1 ? all.get(0) : new OtherSenders.AnyOf(all);
    }

    private static SenderAuth one(Field field, SenderAuth old) {
        Field type = field.member("type");
        type.expectPresent();
        String named = type.text(32);
        if (named == null) {
            return old;
        }
        return switch (named) {
            case KEY -> only(field, new SenderAuth.Key());
            case NONE -> only(field, new OtherSenders.Anybody());
            case TOKEN -> token(field, old);
            case BASIC -> basic(field, old);
            case HEADER -> header(field, old);
            case URL -> url(field, old);
            case NETWORKS -> networks(field);
            case SnsSender.TYPE -> sns(field);
            case SignatureForm.HMAC, SignatureForm.SIGNATURE, SignatureForm.FIELD -> signed(field, old, named);
            default -> {
                type.refuse(
                        "%s (expected: one of key, token, basic, header, hmac, signature, field, url, networks, sns, none)",
                        named);
                yield old;
            }
        };
    }

    private static SenderAuth only(Field field, SenderAuth auth) {
        field.expectOnly(Set.of("type"));
        return auth;
    }

    private static SenderAuth token(Field field, SenderAuth old) {
        field.expectOnly(Set.of("type", TOKEN));
        String former = old instanceof SenderAuth.Token token ? token.token() : null;
        return new SenderAuth.Token(secret(field.member(TOKEN), former, MIN_SECRET));
    }

    /** It stands in a path: nothing in it may need to be escaped. */
    private static SenderAuth url(Field field, SenderAuth old) {
        field.expectOnly(Set.of("type", SECRET, "parameter"));
        String former = old instanceof OtherSenders.UrlSecret url ? url.secretValue() : null;
        String secret = secret(field.member(SECRET), former, MIN_URL_SECRET);
        if (!secret.isEmpty() && !URL_SAFE.matcher(secret).matches()) {
            field.member(SECRET).refuse("not for a URL (expected: letters, digits, '-', '_' and '.')");
        }
        String parameter = field.member("parameter").text(64);
        return new OtherSenders.UrlSecret(secret, parameter == null ? OtherSenders.UrlSecret.PARAMETER : parameter);
    }

    private static SenderAuth networks(Field field) {
        field.expectOnly(Set.of("type", NETWORKS));
        field.member(NETWORKS).expectPresent();
        List<OtherSenders.Network> networks = new ArrayList<>();
        for (Field element : field.member(NETWORKS).elements(1, MOST_NETWORKS)) {
            String text = element.text(64);
            OtherSenders.Network network = text == null ? null : OtherSenders.Network.read(text);
            if (network == null) {
                element.refuse("not a network (expected: CIDR, as 192.30.252.0/22)");
            } else {
                networks.add(network);
            }
        }
        return new OtherSenders.Networks(networks);
    }

    /** One may stand alone. */
    private static SenderAuth sns(Field field) {
        field.expectOnly(Set.of("type", TOPICS));
        Field member = field.member(TOPICS);
        member.expectPresent();
        List<Field> given = member.value() instanceof String ? List.of(member) : member.elements(1, MOST_TOPICS);
        List<String> topics = new ArrayList<>();
        for (Field element : given) {
            String topic = element.text(SnsTopic.MAX_LENGTH);
            if (topic == null || !SnsTopic.isOne(topic)) {
                element.refuse("not a topic (expected: its ARN, as arn:aws:sns:us-east-1:123456789012:orders)");
            } else {
                topics.add(topic);
            }
        }
        return new SnsSender(topics);
    }

    private static SenderAuth signed(Field field, SenderAuth old, String type) {
        Set<String> members = new TreeSet<>(type.equals(SignatureForm.FIELD) ? Set.of("from") : SignatureForm.MEMBERS);
        members.addAll(Set.of("type", SECRET, SECRETS));
        field.expectOnly(members);
        Signature signature = SignatureForm.read(field, type);
        List<String> secrets = secrets(field, old instanceof SignedSender signed ? signed.secrets() : null);
        if (signature == null) {
            return old;
        }
        boolean areKeys = secrets.stream().noneMatch(String::isEmpty); // which is noted already
        for (String secret : secrets) {
            String problem = secret.isEmpty() ? null : signature.problem(secret);
            if (problem != null) {
                areKeys = false;
                field.member(field.member(SECRETS).isAbsent() ? SECRET : SECRETS)
                        .refuse("%s", problem);
            }
        }
        return areKeys ? new SignedSender(signature, signature.keys(secrets)) : old;
    }

    /** One, or several while one takes the place of another. */
    private static List<String> secrets(Field field, @Nullable List<String> former) {
        Field several = field.member(SECRETS);
        if (several.isAbsent()) {
            Field one = field.member(SECRET);
            boolean isMask = one.isAbsent() || Mask.isMask(one.value() instanceof String text ? text : null);
            return isMask && former != null ? former : List.of(secret(one, null, 1, MAX_KEY));
        }
        List<String> secrets = new ArrayList<>();
        for (Field element : several.elements(1, MOST_SECRETS)) {
            int index = secrets.size();
            secrets.add(
                    secret(element, former != null && index < former.size() ? former.get(index) : null, 1, MAX_KEY));
        }
        return secrets;
    }

    private static SenderAuth basic(Field field, SenderAuth old) {
        field.expectOnly(Set.of("type", "username", "password"));
        Field username = field.member("username");
        username.expectPresent();
        String user = username.verbatim(MAX_NAME);
        if (user != null && (user.isEmpty() || user.indexOf(':') >= 0)) {
            username.refuse("empty, or with a colon (expected: a user name, RFC 7617)");
        }
        String former =
                old instanceof SenderAuth.Basic basic && basic.username().equals(user) ? basic.password() : null;
        return new SenderAuth.Basic(user == null ? "" : user, secret(field.member("password"), former, 1));
    }

    private static SenderAuth header(Field field, SenderAuth old) {
        field.expectOnly(Set.of("type", "name", "value"));
        Field member = field.member("name");
        member.expectPresent();
        String name = member.text(MAX_NAME);
        if (name != null && !HEADER_NAME.matcher(name).matches()) {
            member.refuse("not a header name (expected: letters, digits and !#$%%&'*+-.^_`|~)");
        }
        boolean isSame =
                old instanceof SenderAuth.Header former && former.name().equalsIgnoreCase(name);
        String former = isSame ? ((SenderAuth.Header) old).value() : null;
        return new SenderAuth.Header(name == null ? "" : name, secret(field.member("value"), former, 1));
    }

    private static String secret(Field field, @Nullable String former, int min) {
        return secret(field, former, min, MAX_SECRET);
    }

    private static String secret(Field field, @Nullable String former, int min, int max) {
        String given = field.text(max);
        if (field.isAbsent() || Mask.isMask(given)) {
            if (former == null) {
                field.refuse(
                        field.isAbsent()
                                ? "missing (expected: the secret)"
                                : "masked, and there is none yet (expected: the secret itself)");
            }
            return former == null ? "" : former;
        }
        if (given != null && given.isEmpty()) {
            field.refuse("empty (expected: the secret, %d to %d characters)", min, max);
            return given;
        }
        boolean isKey = given != null && given.contains("-----BEGIN"); // has lines
        boolean hasControls = given != null && !isKey && given.chars().anyMatch(Character::isISOControl);
        if (given != null && (given.length() < min || hasControls)) {
            field.refuse("too short, or with control characters (expected: %d to %d characters)", min, max);
        }
        return given == null ? "" : given;
    }

    /** The secret masked. */
    static Object write(SenderAuth auth) {
        return auth instanceof OtherSenders.AnyOf any
                ? new JsonArray(any.all().stream().map(SenderAuthForm::masked).toList())
                : masked(auth);
    }

    private static JsonObject masked(SenderAuth auth) {
        JsonObject json = new JsonObject().put("type", auth.type()).mergeIn(auth.open());
        SenderAuth.Secret secret = auth.secret();
        return secret == null ? json : json.put(secret.member(), Mask.TEXT);
    }
}
