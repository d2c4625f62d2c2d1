-- Takes the lease on a keyed partition, if nobody holds it.
-- KEYS[1]: the lease. ARGV: the caller and its epoch, ms. Answers 1 if it is the caller's now.
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
