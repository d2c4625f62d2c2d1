package dev.sluice.subscription.form;

import static dev.sluice.subscription.Forms.pointers;
import static dev.sluice.subscription.Forms.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Auth.ClientAuth;
import dev.sluice.subscription.Forms;
import dev.sluice.subscription.Webhook;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthFormTest {
    private static final String CLIENT = """
            {'type':'oauth2','tokenUrl':'https://auth.example/token','clientId':'c','clientSecret':'s3cret',
             'scope':'hooks.write','audience':'https://a.example','clientAuth':'body'}""";

    private final Forms forms = new Forms("auth");

    @Test
    void takesABearerToken() {
        assertThat(forms.create("{'type':'bearer','token':'t0k.en'}").target().auth())
                .isEqualTo(new Auth.Bearer("t0k.en"));
    }

    @Test
    void takesAnOAuthClient() {
        assertThat(forms.create(CLIENT).target().auth())
                .isEqualTo(new Auth.OAuth2(
                        URI.create("https://auth.example/token"),
                        "c",
                        "s3cret",
                        "hooks.write",
                        "https://a.example",
                        ClientAuth.BODY));
    }

    @Test
    void authenticatesClientsByBasicWhereNothingIsSaid() {
        Auth auth = forms.create(
                        "{'type':'oauth2','tokenUrl':'https://auth.example','clientId':'c','clientSecret':'s'}")
                .target()
                .auth();
        assertThat(auth).isInstanceOfSatisfying(Auth.OAuth2.class, client -> {
            assertThat(client.clientAuth()).isEqualTo(ClientAuth.BASIC);
            assertThat(client.scope()).isNull();
            assertThat(client.audience()).isNull();
        });
    }

    @Test
    void showsEverythingButTheSecret() {
        assertThat(forms.view(forms.create(CLIENT))).isEqualTo(Forms.json(CLIENT.replace("s3cret", Mask.TEXT)));
        assertThat(forms.view(forms.create("{'type':'bearer','token':'t'}")).encode())
                .isEqualTo("{\"type\":\"bearer\",\"token\":\"••••••\"}");
        assertThat(forms.create(CLIENT).toString()).doesNotContain("s3cret");
        assertThat(forms.create("{'type':'bearer','token':'t0k.en'}").toString())
                .doesNotContain("t0k.en");
    }

    @Test
    void keepsAMaskedSecretWhereItBelongs() {
        Webhook client = forms.create(CLIENT);
        Webhook bearer = forms.create("{'type':'bearer','token':'t'}");

        assertThat(forms.patch(client, "{'scope':'all'}").target().auth())
                .isInstanceOfSatisfying(
                        Auth.OAuth2.class,
                        changed -> assertThat(changed.clientSecret()).isEqualTo("s3cret"));
        assertThat(forms.patch(bearer, "{}").target().auth()).isEqualTo(new Auth.Bearer("t"));
    }

    @Test
    void doesNotCarryASecretToAnotherServerOrClient() {
        Webhook client = forms.create(CLIENT);

        assertThat(problems(() -> forms.patch(client, "{'tokenUrl':'https://evil.example/token'}")))
                .containsExactly("/auth/clientSecret: masked, and there is no secret of this client at this URL"
                        + " (expected: the value itself)");
        assertThat(pointers(() -> forms.patch(client, "{'clientId':'d'}"))).isEqualTo("/auth/clientSecret");
        assertThat(pointers(() -> forms.patch(
                        client,
                        "{'type':'bearer','token':'••••••','tokenUrl':null,'clientId':null,'clientSecret':null,"
                                + "'scope':null,'audience':null,'clientAuth':null}")))
                .isEqualTo("/auth/token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'bearer'} | /auth/token",
                "{'type':'bearer','token':''} | /auth/token",
                "{'type':'bearer','token':'Bearer x'} | /auth/token",
                "{'type':'bearer','token':'x\\r\\ny'} | /auth/token",
                "{'type':'bearer','token':'x','username':'u'} | /auth/username",
                "{'type':'oauth2'} | /auth/tokenUrl /auth/clientId /auth/clientSecret",
                "{'type':'oauth2','tokenUrl':'ftp://a.example','clientId':'c','clientSecret':'s'} | /auth/tokenUrl",
                "{'type':'oauth2','tokenUrl':'http://0x7f.1','clientId':'c','clientSecret':'s'} | /auth/tokenUrl",
                "{'type':'oauth2','tokenUrl':'https://u:p@a.example','clientId':'c','clientSecret':'s'} | /auth/tokenUrl",
                "{'type':'oauth2','tokenUrl':'https://a.example','clientId':'c','clientSecret':'s','scope':'a\\nb'}"
                        + " | /auth/scope",
                "{'type':'oauth2','tokenUrl':'https://a.example','clientId':'c','clientSecret':'s','clientAuth':'x'}"
                        + " | /auth/clientAuth",
                "{'type':'digest'} | /auth/type",
                "{'type':7} | /auth/type"
            })
    void refusesWhatIsNone(String auth, String expected) {
        assertThat(pointers(() -> forms.create(auth))).isEqualTo(expected);
    }
}
