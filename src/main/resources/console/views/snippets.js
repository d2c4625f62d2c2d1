/** How a receiver checks a signature, by libraries of Standard Webhooks. */
export const snippets = {
  JavaScript: { install: 'npm install standardwebhooks', code: `import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET);

app.post("/hooks", express.raw({ type: "*/*" }), (request, response) => {
  // throws if it is not ours
  const event = webhook.verify(request.body.toString(), request.headers);
  response.sendStatus(204);
});` },
  Python: { install: 'pip install standardwebhooks', code: `from standardwebhooks import Webhook

webhook = Webhook(os.environ["WEBHOOK_SECRET"])

@app.post("/hooks")
def hook():
    # raises if it is not ours
    event = webhook.verify(request.get_data(as_text=True), dict(request.headers))
    return "", 204` },
  Java: { install: 'com.standardwebhooks:standardwebhooks', code: `Webhook webhook = new Webhook(System.getenv("WEBHOOK_SECRET"));

// throws if it is not ours
webhook.verify(body, HttpHeaders.of(headers, (name, value) -> true));` },
  Go: { install: 'go get github.com/standard-webhooks/standard-webhooks/libraries/go', code: `webhook, err := standardwebhooks.NewWebhook(os.Getenv("WEBHOOK_SECRET"))

// not nil if it is not ours
err = webhook.Verify(body, request.Header)` },
  PHP: { install: 'composer require standard-webhooks/standard-webhooks', code: `$webhook = new \\StandardWebhooks\\Webhook(getenv("WEBHOOK_SECRET"));

// throws if it is not ours
$event = $webhook->verify(file_get_contents("php://input"), $headers);` },
  Ruby: { install: 'gem install standardwebhooks', code: `webhook = StandardWebhooks::Webhook.new(ENV["WEBHOOK_SECRET"])

# raises if it is not ours
event = webhook.verify(request.body.read, headers)` },
  'C#': { install: 'dotnet add package StandardWebhooks', code: `var webhook = new Webhook(Environment.GetEnvironmentVariable("WEBHOOK_SECRET"));

// throws if it is not ours
webhook.Verify(body, headers);` },
};
