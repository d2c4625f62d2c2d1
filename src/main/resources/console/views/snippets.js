/** How a receiver checks a signature, by libraries of Standard Webhooks. */
export const snippets = {
  JavaScript: { install: 'npm install standardwebhooks', code: `import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET);

app.post("/hooks", express.raw({ type: "*/*" }), (request, response) => {
  const event = webhook.verify(request.body.toString(), request.headers); // throws if it is not ours
  response.sendStatus(204);
});` },
  Python: { install: 'pip install standardwebhooks', code: `from standardwebhooks import Webhook

webhook = Webhook(os.environ["WEBHOOK_SECRET"])

@app.post("/hooks")
def hook():
    event = webhook.verify(request.get_data(as_text=True), dict(request.headers))  # raises if it is not ours
    return "", 204` },
  Java: { install: 'com.standardwebhooks:standardwebhooks', code: `Webhook webhook = new Webhook(System.getenv("WEBHOOK_SECRET"));

webhook.verify(body, HttpHeaders.of(headers, (name, value) -> true)); // throws if it is not ours` },
  Go: { install: 'go get github.com/standard-webhooks/standard-webhooks/libraries/go', code: `webhook, err := standardwebhooks.NewWebhook(os.Getenv("WEBHOOK_SECRET"))

err = webhook.Verify(body, request.Header) // not nil if it is not ours` },
  PHP: { install: 'composer require standard-webhooks/standard-webhooks', code: `$webhook = new \\StandardWebhooks\\Webhook(getenv("WEBHOOK_SECRET"));

$event = $webhook->verify(file_get_contents("php://input"), $headers); // throws if it is not ours` },
  Ruby: { install: 'gem install standardwebhooks', code: `webhook = StandardWebhooks::Webhook.new(ENV["WEBHOOK_SECRET"])

event = webhook.verify(request.body.read, headers) # raises if it is not ours` },
  'C#': { install: 'dotnet add package StandardWebhooks', code: `var webhook = new Webhook(Environment.GetEnvironmentVariable("WEBHOOK_SECRET"));

webhook.Verify(body, headers); // throws if it is not ours` },
};
