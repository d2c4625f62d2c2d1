-- Renews the lease on a keyed partition, if it is still the caller's.
-- KEYS[1]: the lease. ARGV: the caller and its epoch, ms. Answers 1 if it is renewed.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
