-- Brings the body of an event, unless it is there; who refers to it follows. KEYS: body. ARGV: data, for how long it waits in ms.
redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])
return 1
