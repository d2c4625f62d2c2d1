-- The ordering keys that have a chain. KEYS: chains. ARGV: how many at most. Answers {1} if there are more, {0, keys} else.
if redis.call('SCARD', KEYS[1]) > tonumber(ARGV[1]) then
  return {1}
end
return {0, redis.call('SMEMBERS', KEYS[1])}
