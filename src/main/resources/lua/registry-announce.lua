-- Tells all pods of a change. KEYS[1]: the stream of changes. ARGV: about how many are kept, tenant, id of the webhook.
return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'tenant', ARGV[2], 'id', ARGV[3])
